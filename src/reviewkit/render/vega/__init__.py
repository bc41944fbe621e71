"""Vega in V8: its script, and the charts that it draws."""
