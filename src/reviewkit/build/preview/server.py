"""Serves a preview to browsers of this machine alone, and to nobody who does not know its name."""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

from reviewkit.build.preview.shown import Shown, State
from reviewkit.errors import UsageError
from reviewkit.speech import say, speaking, spoken

HERE = "127.0.0.1"
USUAL = 8420
"""Port that is taken where none is asked for, unless it is in use."""

_ALIVE = 10.0
"""Seconds after which a browser that hears nothing is told that there is nothing to hear."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE_POLICY = "frame-ancestors 'self'"
"""The page holds its own policy; this one is added to it."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # Two previews at one port would take each other's visitors.
    allow_reuse_port = False

    def __init__(self, port: int, shown: Shown, title: str) -> None:
        super().__init__((HERE, port), _Handler)
        self.shown = shown
        # The threads that answer do not know which language is spoken here.
        self.shell = _shell(title)
        # Whoever shares the machine can reach the port; the page is for who started it.
        self.room = f"/{secrets.token_urlsafe(16)}/"

    @property
    def names(self) -> tuple[str, ...]:
        """What a browser of this machine calls the server."""
        return f"{HERE}:{self.server_port}", f"localhost:{self.server_port}"


@contextmanager
def serving(shown: Shown, title: str, port: int = 0, language: str = "en") -> Iterator[str]:
    """Serve what is `shown` while the block runs; give the address to open.

    The frame around it is in `language`, its `title` as it is given.
    Raises `UsageError` where the `port` asked for is taken.
    """
    with speaking(language):
        server = _bound(shown, title, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield f"http://{server.names[0]}{server.room}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _bound(shown: Shown, title: str, port: int) -> _Server:
    try:
        return _Server(port or USUAL, shown, title)
    except (OSError, OverflowError) as error:
        if port:
            raise UsageError(
                f"Port {port} of this machine cannot be used: {error}. "
                "Name another one with --port, or none: one that is free is taken."
            ) from error
        return _Server(0, shown, title)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "reviewkit"
    sys_version = ""

    def do_GET(self) -> None:
        # A name that leads here from elsewhere is a foreign page that would read this one.
        if self.headers.get("Host") not in self.server.names:
            self._refuse(403, "This address is not served here.")
            return
        room = self.server.room
        place = self.path.partition("?")[0]
        answer = _ANSWERS.get(place.removeprefix(room)) if place.startswith(room) else None
        if answer is None:
            self._refuse(404, "There is nothing here. Open the address that reviewkit printed.")
        else:
            answer(self)

    def log_message(self, *_: object) -> None:
        """Leave the terminal to what matters."""

    def shell(self) -> None:
        self._send(self.server.shell, "text/html; charset=utf-8", _POLICY)

    def part(self, name: str, kind: str) -> None:
        self._send(_part(name).encode(), f"{kind}; charset=utf-8", _POLICY)

    def page(self) -> None:
        html = self.server.shown.state.html
        if html:
            self._send(html, "text/html; charset=utf-8", _PAGE_POLICY)
        else:
            self._refuse(404, "No page has been made yet.")

    def events(self) -> None:
        """Tell the browser every state from now on, until it goes away."""
        self._head(200, "text/event-stream", _POLICY)
        turn = -1
        try:
            while True:
                state = self.server.shown.after(turn, _ALIVE)
                turn = state.turn if state else turn
                told = f"data: {_told(state)}\n\n" if state else ": nothing new\n\n"
                self.wfile.write(told.encode())
                self.wfile.flush()
        except OSError:
            return

    def _refuse(self, status: int, text: str) -> None:
        self._head(status, "text/plain; charset=utf-8", _POLICY)
        self.wfile.write(text.encode())

    def _send(self, body: bytes, kind: str, policy: str) -> None:
        self._head(200, kind, policy, len(body))
        self.wfile.write(body)

    def _head(self, status: int, kind: str, policy: str, length: int | None = None) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Security-Policy": policy,
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        if length is not None:
            headers["Content-Length"] = str(length)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


_ANSWERS: dict[str, Callable[[_Handler], None]] = {
    "": _Handler.shell,
    "shell.js": lambda handler: handler.part("shell.js", "text/javascript"),
    "shell.css": lambda handler: handler.part("shell.css", "text/css"),
    "page": _Handler.page,
    "events": _Handler.events,
}


def _told(state: State) -> str:
    return json.dumps({"page": state.page, "error": state.error, "busy": state.busy})


def _shell(title: str) -> bytes:
    """Return the frame around the report; its words all come from here."""
    scripted = {
        "report": say("The report"),
        "stays": say("Below stands the last one that could."),
        "busy": say("Rebuilding"),
        "ended": say("The preview has ended"),
    }
    texts = {
        "language": spoken(),
        "title": say("Preview: {title}", title=title),
        "broken": say("This save cannot be shown."),
        "first": say("The first page is being made."),
        "words": json.dumps(scripted),
    }
    page = _part("shell.html")
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: escape(texts[found[1]]), page).encode()


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
