"""The preview's parts: who is served, what is shown after an error, and what counts as a save."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from reviewkit.build.preview import Wish, preview
from reviewkit.build.preview.server import serving
from reviewkit.build.preview.shown import Made, Shown
from reviewkit.build.preview.watch import Watch
from reviewkit.errors import ReviewkitError, UsageError

PAGE = b"<!DOCTYPE html><title>Good</title>"


@pytest.fixture
def shown() -> Shown:
    """What a preview shows that has made one page."""
    shown = Shown()
    shown.put(Made(PAGE))
    return shown


@pytest.fixture
def address(shown: Shown) -> Iterator[str]:
    """Where it is served."""
    with serving(shown, "Acme <qbr>") as found:
        yield found


def answered(address: str, path: str | None = None, **headers: str) -> tuple[int, str, str]:
    """Return the status, the body and the policy of an answer."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
    line.request("GET", parts.path if path is None else path, headers=headers)
    answer = line.getresponse()
    body = answer.read().decode()
    line.close()
    return answer.status, body, answer.getheader("Content-Security-Policy") or ""


def test_the_page_is_served_as_it_was_made(address: str) -> None:
    status, body, _ = answered(f"{address}page")
    assert (status, body.encode()) == (200, PAGE)
    status, body, policy = answered(address)
    assert status == 200
    assert "<title>Preview: Acme &lt;qbr&gt;</title>" in body
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_only_this_machine_is_served(address: str) -> None:
    assert urlsplit(address).hostname == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_a_foreign_name_that_leads_here_is_refused(address: str, host: str) -> None:
    """A page elsewhere may have its name lead to this machine, and would then read the report."""
    status, body, _ = answered(f"{address}page", Host=host)
    assert status == 403
    assert "Good" not in body


def test_this_machine_may_be_called_localhost(address: str) -> None:
    port = urlsplit(address).port
    assert answered(f"{address}page", Host=f"localhost:{port}")[0] == 200


@pytest.mark.parametrize("path", ["/", "/page", "/events", "/x/page"])
def test_who_shares_the_machine_and_does_not_know_the_address_sees_nothing(
    address: str, path: str
) -> None:
    status, body, _ = answered(address, path)
    assert status == 404
    assert "Good" not in body


@pytest.mark.parametrize("name", ["shell.html", "../drafts.py", "..%2fdrafts.py", "page/", "x"])
def test_no_other_file_is_served(address: str, name: str) -> None:
    assert answered(f"{address}{name}")[0] == 404


def test_two_previews_stand_side_by_side_and_a_port_that_is_taken_is_told(shown: Shown) -> None:
    with serving(shown, "one") as one, serving(shown, "two") as two:
        ports = {urlsplit(one).port, urlsplit(two).port}
        assert len(ports) == 2
        taken = urlsplit(one).port or 0
        with pytest.raises(UsageError, match=f"Port {taken} .* --port"), serving(shown, "", taken):
            raise AssertionError("a taken port is not served")


def test_with_an_error_the_last_good_page_stays(shown: Shown) -> None:
    before = shown.state
    shown.put(Made(error="client.yaml:3: no number."))
    state = shown.state
    assert (state.html, state.page, state.error) == (PAGE, 1, "client.yaml:3: no number.")
    assert state.turn > before.turn
    shown.put(Made(b"new"))
    assert (shown.state.html, shown.state.page, shown.state.error) == (b"new", 2, "")


def test_who_waits_hears_of_what_comes_and_not_of_what_does_not(shown: Shown) -> None:
    turn = shown.state.turn
    assert shown.after(turn, 0.01) is None
    threading.Timer(0.05, shown.working).start()
    heard = shown.after(turn, 10)
    assert heard is not None
    assert heard.busy


@pytest.mark.parametrize(
    "name", ["params/tiny/2026Q3.md", "params/tiny/client.yaml", "notebooks/small.ipynb"]
)
def test_a_save_of_what_decides_the_report_ends_the_wait(make_house, name: str) -> None:
    root = make_house("tiny")
    watch = Watch(root, "tiny")
    path = root / name
    threading.Timer(0.1, lambda: path.write_text("changed")).start()
    watch.wait()
    assert path.read_text() == "changed"


def test_what_an_editor_puts_beside_a_file_is_no_save(make_house) -> None:
    root = make_house("tiny")
    watch = Watch(root, "tiny")
    for name in (".client.yaml.swp", "client.yaml~", "#client.yaml#"):
        (root / "params" / "tiny" / name).write_text("x")
    waited = threading.Thread(target=watch.wait, daemon=True)
    waited.start()
    waited.join(0.3)
    assert waited.is_alive()
    (root / "params" / "tiny" / "2026Q3.md").write_text("words")
    waited.join(10)
    assert not waited.is_alive()


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish("tinny"), 'no client "tinny".*Did you mean "tiny"'),
        (Wish("tiny", report="smal"), 'no notebook for "smal"'),
        (Wish("tiny", audience="clients"), 'no audience "clients"'),
        (Wish("tiny", period="2026Q5"), "2026Q5"),
    ],
)
def test_a_name_that_does_not_exist_is_told_before_anything_is_served(
    make_house, wish: Wish, said: str
) -> None:
    told: list[str] = []
    with pytest.raises(ReviewkitError, match=said):
        preview(make_house("tiny"), wish, told.append)
    assert told == []
