"""The gallery: every pack once, how far it is, and links that lead to files."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from houses import HEADING, write_notebook

from reviewkit.build import Listener, Selection, approve_pack, build
from reviewkit.build.gallery import GALLERY, write_gallery
from reviewkit.params import load_workspace


def made(root: Path, *cells: str) -> str:
    write_notebook(root / "notebooks" / "small.ipynb", *cells)
    assert build(load_workspace(root), Selection(jobs=1), Listener()).ok
    return (root / GALLERY).read_text(encoding="utf-8")


def standings(page: str) -> dict[str, str]:
    found = re.findall(r'<article[^>]* data-standing="([^"]+)" data-client="([^"]+)"', page)
    return {client: standing for standing, client in found}


def test_every_pack_stands_on_the_page_with_links_that_lead_somewhere(make_house) -> None:
    root = make_house("tiny", "other")
    page = made(root, HEADING)
    assert standings(page) == {"other": "built", "tiny": "built"}
    assert page.count("Forty deliveries") == 2
    links = [unquote(unescape(one)) for one in re.findall(r'(?:href|src)="([^"#]+)"', page)]
    files = {f"{client}/2026Q3/small-{audience}.{suffix}"
             for client in ("tiny", "other")
             for audience in ("client", "internal")
             for suffix in ("html", "pdf")}  # fmt: skip
    pictures = {f"pictures/{client}-2026Q3-small-client.png" for client in ("tiny", "other")}
    assert set(links) == files | pictures
    assert all((root / "reports" / link).is_file() for link in links)
    versions = re.findall(r'<li data-kind="small" data-audience="(\w+)">', page)
    assert sorted(versions) == ["client", "client", "internal", "internal"]
    for picture in pictures:
        assert (root / "reports" / picture).read_bytes().startswith(b"\x89PNG")


def test_a_pack_is_approved_until_it_changes(make_house) -> None:
    root = make_house("tiny")
    made(root, HEADING)
    workspace = load_workspace(root)
    approve_pack(workspace, "tiny", "2026Q3", "Dana Example")
    page = (root / GALLERY).read_text(encoding="utf-8")
    assert standings(page) == {"tiny": "approved"}
    assert "by Dana Example" in page
    assert standings(made(root, HEADING, HEADING)) == {"tiny": "changed"}


def test_words_of_data_stay_words_and_nothing_is_fetched(make_house) -> None:
    root = make_house("tiny")
    words = '<script>alert("x")</script> =cmd() {{ 7 * 7 }} 中文'
    page = made(root, f"show(Heading(role='headline', text={words!r}))")
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(" in page
    assert "{{ 7 * 7 }}" in page
    assert not re.search(r"https?://", page)


def test_a_pack_that_cannot_be_read_is_left_out_and_the_same_packs_give_the_same_page(
    make_house,
) -> None:
    root = make_house("tiny", "other")
    page = made(root, HEADING)
    workspace = load_workspace(root)
    assert write_gallery(workspace).read_text(encoding="utf-8") == page
    (root / "reports" / "tiny" / "2026Q3" / "manifest.json").write_text("{", encoding="utf-8")
    assert standings(write_gallery(workspace).read_text(encoding="utf-8")) == {"other": "built"}


def test_a_pack_is_headed_by_the_first_report_that_the_client_is_to_receive(make_house) -> None:
    root = make_house("tiny")
    path = root / "params" / "tiny" / "client.yaml"
    path.write_text(path.read_text().replace('["small"]', '["small", "about"]'))
    other = 'show(Heading(role="headline", text="All about it"))'
    write_notebook(root / "notebooks" / "about.ipynb", other)
    page = made(root, HEADING)
    assert page.count("Forty deliveries") == 1
    assert "All about it" not in page
    kinds = re.findall(r'<li data-kind="(\w+)" data-audience="(\w+)">', page)
    assert kinds == [
        ("small", "client"),
        ("about", "client"),
        ("small", "internal"),
        ("about", "internal"),
    ]
