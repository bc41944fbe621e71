"""Measures of speed and memory, each held against a peer: `python -m bench`."""
