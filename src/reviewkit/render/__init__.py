"""Renders executed notebooks: a document, as HTML and as PDF."""
