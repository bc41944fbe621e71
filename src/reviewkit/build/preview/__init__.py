"""A report in the browser while it is being written: rebuilt on a save, and shown anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from reviewkit.build.preview.drafts import Drafts, Wish
from reviewkit.build.preview.server import serving
from reviewkit.build.preview.shown import Shown
from reviewkit.build.preview.watch import Watch

__all__ = ["Wish", "preview"]


def preview(root: Path, wish: Wish, told: Callable[[str], None], port: int = 0) -> None:
    """Serve the report that is wished for on this machine alone, until interrupted.

    Every save of a parameter, a commentary or a notebook makes it anew; an error is shown
    over the last good page. `told` hears the address first, then what became of each save.
    Raises `UsageError` for a name that does not exist or a port that is taken, and
    `ParamsError` where the parameters cannot be read to begin with.
    """
    watch = Watch(root, wish.client)
    shown = Shown()
    drafts = Drafts(root, wish)
    about = drafts.check()
    # The frame is the house's own; the report in it keeps the client's language.
    with serving(shown, about.title, port, about.locale) as address, drafts:
        told(address)
        while True:
            began = time.monotonic()
            shown.working()
            made = drafts.make()
            shown.put(made)
            told(made.said(time.monotonic() - began))
            watch.wait()
