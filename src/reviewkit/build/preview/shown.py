"""What the browser is shown: the last good page, and what is wrong since."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Made:
    """What came of a rebuild: a page, or the error in its place; `notes` are for the terminal."""

    html: bytes = b""
    error: str = ""
    notes: tuple[str, ...] = ()

    def said(self, seconds: float) -> str:
        """Return it in a line or a few."""
        first = self.error or f"shown after {seconds:.1f} s"
        return "\n".join((first, *(f"  note: {note}" for note in self.notes)))


@dataclass(frozen=True)
class State:
    """One moment: `turn` counts what happened, `page` the pages; `error` is none when it is ""."""

    turn: int = 0
    page: int = 0
    error: str = ""
    busy: bool = False
    html: bytes = b""


@dataclass
class Shown:
    """The state that the builder sets and every open browser waits for."""

    _state: State = State()
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def state(self) -> State:
        """What is shown now."""
        with self._changed:
            return self._state

    def working(self) -> None:
        """Say that a rebuild has begun."""
        with self._changed:
            self._set(replace(self._state, busy=True))

    def put(self, made: Made) -> None:
        """Show what was made; with an error the last good page stays."""
        with self._changed:
            now = replace(self._state, busy=False, error=made.error)
            if not made.error:
                now = replace(now, html=made.html, page=now.page + 1)
            self._set(now)

    def after(self, turn: int, seconds: float) -> State | None:
        """Wait for a state later than `turn`; `None` where there is none in time."""
        with self._changed:
            if self._changed.wait_for(lambda: self._state.turn > turn, seconds):
                return self._state
            return None

    def _set(self, state: State) -> None:
        self._state = replace(state, turn=self._state.turn + 1)
        self._changed.notify_all()
