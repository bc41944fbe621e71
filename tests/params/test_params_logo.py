"""A logo stands still: a PNG, or shapes alone, from the folder of its file."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

import pytest

from reviewkit.errors import ParamsError
from reviewkit.params.load import load_workspace
from reviewkit.params.logo import LARGEST, LogoError, read_logo

SHAPES = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h1"/></svg>'


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * ((width + 1) * height))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(SHAPES)
    (tmp_path / "b.PNG").write_bytes(_png(3, 2))
    kind, _, data = read_logo(tmp_path, "a.svg").partition(",")
    assert (kind, base64.b64decode(data)) == ("data:image/svg+xml;base64", SHAPES)
    assert read_logo(tmp_path, "b.PNG").startswith("data:image/png;base64,iVBOR")


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<image href="http://a.example/x.png"/>', "<image>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<a href="#x"/>', "<a>"),
        ('<path onload="x()"/>', "onload"),
        ('<use href="http://a.example/x#y"/>', "href"),
        ('<path style="fill:url(http://a.example)"/>', "style"),
        ("<style>@import 'http://a.example';</style>", "style fetches"),
        ("<path>", "no SVG"),
    ],
)
def test_an_svg_that_does_or_fetches_anything_is_refused(
    tmp_path: Path, inside: str, told: str
) -> None:
    (tmp_path / "a.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
    with pytest.raises(LogoError) as refused:
        read_logo(tmp_path, "a.svg")
    assert told in refused.value.what


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.svg", b"<!DOCTYPE svg>" + SHAPES, "declarations"),
        ("a.svg", b"<html/>", "no SVG"),
        ("a.png", SHAPES, "called PNG"),
        ("a.png", _png(4001, 1), "4001 by 1"),
        ("a.gif", b"GIF89a", "neither SVG nor PNG"),
        ("a.svg", b" " * (LARGEST + 1), "100,000 are the most"),
    ],
)
def test_what_is_no_small_picture_is_refused(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LogoError) as refused:
        read_logo(tmp_path, name)
    assert told in refused.value.what


def test_a_logo_lies_in_the_folder_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_bytes(SHAPES)
    folder = tmp_path / "params"
    folder.mkdir()
    (folder / "linked.svg").symlink_to(tmp_path / "secret.svg")
    for name in ("../secret.svg", str(tmp_path / "secret.svg"), "linked.svg"):
        with pytest.raises(LogoError, match="outside"):
            read_logo(folder, name)
    with pytest.raises(LogoError, match="not there"):
        read_logo(folder, "none.svg")


def test_the_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "house.yaml").write_text("name: H\nbrand:\n  logo: none.svg\n")
    with pytest.raises(ParamsError) as refused:
        load_workspace(tmp_path)
    assert "house.yaml:3" in str(refused.value)
    assert "brand.logo" in str(refused.value)
