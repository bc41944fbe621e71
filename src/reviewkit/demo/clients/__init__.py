"""The demo provider's clients: three with a folder under ``params/``, and others."""

from reviewkit.demo.clients.acme import ACME
from reviewkit.demo.clients.borealis import BOREALIS
from reviewkit.demo.clients.cobalt import COBALT
from reviewkit.demo.clients.others import OTHERS

__all__ = ["ACCOUNTS", "ACME", "BOREALIS", "COBALT", "OTHERS"]

ACCOUNTS = (ACME, BOREALIS, COBALT, *OTHERS)
"""All accounts in the provider's systems, in the order in which their rows are numbered."""
