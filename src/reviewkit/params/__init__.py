"""What users write under ``params/``: read whole, checked together, then frozen."""

from reviewkit.params.find import find_workspace
from reviewkit.params.load import RESERVED, load_workspace
from reviewkit.params.models import ClientParams, House, Workspace, for_audience

__all__ = [
    "RESERVED",
    "ClientParams",
    "House",
    "Workspace",
    "find_workspace",
    "for_audience",
    "load_workspace",
]
