"""The demo provider's clients: eight with a folder under ``params/``, and others."""

from reviewkit.demo.clients.acme import ACME
from reviewkit.demo.clients.borealis import BOREALIS
from reviewkit.demo.clients.cobalt import COBALT
from reviewkit.demo.clients.damson import DAMSON
from reviewkit.demo.clients.elderwick import ELDERWICK
from reviewkit.demo.clients.foxglove import FOXGLOVE
from reviewkit.demo.clients.gantry import GANTRY
from reviewkit.demo.clients.harebell import HAREBELL
from reviewkit.demo.clients.others import OTHERS

__all__ = ["ACCOUNTS"]

ACCOUNTS = (
    *(ACME, BOREALIS, COBALT, *OTHERS),
    *(DAMSON, ELDERWICK, FOXGLOVE, GANTRY, HAREBELL),
)
"""All accounts in the provider's systems, in the order in which their rows are numbered."""
