"""Which formats are made of a report, and whose deck slides are written into."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Pt

from reviewkit.build.plan import FORMATS, PICTURE, deck_of, formats_of
from reviewkit.build.selection import Selection
from reviewkit.errors import UsageError
from reviewkit.params.client import Client
from reviewkit.params.house import House
from reviewkit.params.models import ClientParams, Workspace
from reviewkit.release.mail import MEDIA
from reviewkit.render.formats import FORMATS as WRITERS


def workspace(root: Path, sends: tuple[str, ...] = ("pdf",), deck: str = "") -> Workspace:
    own = Client(name="Acme Motors", currency="EUR", sends=sends)  # type: ignore[arg-type]
    clients = {"acme": ClientParams(slug="acme", client=own)}
    return Workspace(root=str(root), house=House(name="Meridian", deck=deck), clients=clients)


@pytest.mark.parametrize(
    ("asked", "sends", "made"),
    [
        ((), ("pdf",), ("html", "pdf")),
        ((), ("pdf", "xlsx"), ("html", "pdf", "xlsx")),
        ((), ("pptx",), ("html", "pdf", "pptx")),
        (("xlsx", "pptx"), ("pdf",), ("pptx", "xlsx")),
        (("html",), ("xlsx",), ("html",)),
    ],
)
def test_what_is_asked_for_or_else_what_is_usual_and_sent(
    asked: tuple[str, ...], sends: tuple[str, ...], made: tuple[str, ...], tmp_path: Path
) -> None:
    assert formats_of(workspace(tmp_path, sends), "acme", Selection(formats=asked)) == made


def test_the_portfolio_is_sent_to_nobody(tmp_path: Path) -> None:
    given = workspace(tmp_path, ("pptx",))
    assert formats_of(given, "portfolio", Selection()) == ("html", "pdf")


def test_a_format_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'There is no format "xls"\..* "xlsx"'):
        formats_of(workspace(tmp_path), "acme", Selection(formats=("xls",)))


def test_every_format_can_be_written_and_mailed() -> None:
    assert set(WRITERS) - {PICTURE} == set(FORMATS) == set(MEDIA)


def test_a_houses_deck_lies_in_params(tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    own = Presentation()
    own.slide_width = Pt(800)
    own.save(str(tmp_path / "params" / "house.pptx"))
    assert deck_of(workspace(tmp_path)) is None
    found = deck_of(workspace(tmp_path, deck="house.pptx"))
    assert found == (tmp_path / "params" / "house.pptx").resolve()


@pytest.mark.parametrize("name", ["none.pptx", "../house.pptx", "house.key", "/etc/passwd"])
def test_a_deck_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    (tmp_path / "house.pptx").write_bytes(b"")
    (tmp_path / "params" / "house.key").write_bytes(b"")
    with pytest.raises(UsageError, match=r"params/house\.yaml: deck: there is no deck"):
        deck_of(workspace(tmp_path, deck=name))
