"""Quarto's view of an executed review: reads a notebook from stdin, writes it to stdout.

Quarto runs this between executing a notebook and rendering it (`ipynb-filters`), with the
Python that it finds; reviewkit must be installed there, as it must be to run the notebook.
"""

import sys

from reviewkit.render.quarto import filtered

sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write(filtered(sys.stdin.read()))
