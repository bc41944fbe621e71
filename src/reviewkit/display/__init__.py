"""Figures as blocks: every word, number format and chart that a reader sees."""
