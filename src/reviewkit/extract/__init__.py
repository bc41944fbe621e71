"""The extract: all that one run may know, written to a folder and read back."""
