"""Metrics: what is counted, over which rows, and how a figure is judged."""
