"""Account reviews as code."""
