"""The guard finds what may not leave the house, wherever in a file it stands."""

from __future__ import annotations

import re

import pikepdf
import pytest

from reviewkit.errors import ReleaseError
from reviewkit.release import forbidden_words, search

NAMES = {"acme": "Acme Motors", "borealis": "Borealis Foods", "cobalt": "Crème & Söhne"}
WORDS = forbidden_words("acme", NAMES, ("gross margin", "buy rate"))


def hits(folder) -> set[tuple[str, str]]:
    files = sorted(folder.glob("executive-client.*"))
    assert len(files) == 2
    return {(hit.path.suffix, hit.forbidden.word) for hit in search(files, WORDS)}


def test_a_clean_pack_passes(make_pack) -> None:
    assert hits(make_pack("Acme Motors did well; the margin of safety is a board away.")) == set()


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("as we did for Borealis Foods in May", "Borealis Foods"),
        ("as we did for BOREALIS   foods in May", "Borealis Foods"),
        ("as for creme & sohne", "Crème & Söhne"),
        ("Gross\nmargin is 18%", "gross margin"),
        ("the carrier's buy-rate rose", "buy rate"),
        ("INTERNAL", "INTERNAL"),
        ("x" * 60 + " then Borealis Foods " + "y" * 60, "Borealis Foods"),
    ],
)
def test_words_are_found_in_every_format(make_pack, said: str, word: str) -> None:
    assert hits(make_pack(said)) == {(".html", word), (".pdf", word)}


@pytest.mark.parametrize(
    "said", ["Acme Motorsport", "our internal process", "Borealis Foodservice", "a margin, gross"]
)
def test_other_words_are_not(make_pack, said: str) -> None:
    assert hits(make_pack(said)) == set()


def test_properties_are_read(make_pack) -> None:
    assert hits(make_pack(title="Draft for Borealis Foods")) == {
        (".html", "Borealis Foods"),
        (".pdf", "Borealis Foods"),
    }


def test_scripts_comments_and_attributes_are_read(make_pack) -> None:
    folder = make_pack()
    page = folder / "executive-client.html"
    for hidden in (
        "<!-- Borealis Foods -->",
        "<script>var a='Borealis Foods'</script>",
        '<p title="Borealis Foods"></p>',
        "<style>.x{content:'Borealis Foods'}</style>",
    ):
        page.write_text(re.sub("</body>", f"{hidden}</body>", make_page(folder)))
        assert [hit.forbidden.word for hit in search([page], WORDS)][:1] == ["Borealis Foods"]


def make_page(folder) -> str:
    return (folder / "qbr-client.html").read_text()


def test_alternative_texts_and_attachments_are_read(make_pack) -> None:
    folder = make_pack()
    path = folder / "executive-client.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, b"notes")
        pdf.save(path)
    with pytest.raises(ReleaseError, match="has files attached"):
        search([path], WORDS)
    path = folder / "qbr-client.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.StructTreeRoot.K[0].Alt = pikepdf.String("Chart of Borealis Foods")
        pdf.save(path)
    found = search([path], WORDS)
    assert [(hit.place, hit.forbidden.word) for hit in found] == [
        ("alternative texts", "Borealis Foods")
    ]


def test_what_cannot_be_opened_is_not_sent(make_pack) -> None:
    folder = make_pack()
    broken = folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    odd = folder / "table.csv"
    odd.write_text("a")
    for path in (broken, odd, folder / "absent.html"):
        with pytest.raises(ReleaseError, match="it is not sent"):
            search([path], WORDS)


def test_the_clients_own_name_is_allowed_even_inside_anothers() -> None:
    names = {"acme": "Acme Motors Europe", "group": "Acme Motors"}
    assert "Acme Motors" not in {item.word for item in forbidden_words("acme", names, ())}
    assert "Acme Motors Europe" in {item.word for item in forbidden_words("group", names, ())}
