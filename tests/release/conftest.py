"""A small pack on disk: two reports for the client, one for the house."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.blocks import Front, Heading, Prose, Span
from reviewkit.release import sha256, write_json
from reviewkit.render.document import Document
from reviewkit.render.html import write_html
from reviewkit.render.pdf import write_pdf

MakePack = Callable[..., Path]


def document(words: str, audience: str = "client", title: str = "Acme: review") -> Document:
    """A document that says `words`."""
    front = Front(
        client="Acme Motors",
        report="Executive review",
        period="July to September 2026",
        provider="Meridian Logistics",
        title=title,
        audience="internal" if audience == "internal" else "client",
        language="en-GB",
    )
    parts = (
        Heading(role="headline", text="All is well"),
        Prose(paragraphs=((Span(text=words),),)),
    )
    return Document(front=front, parts=parts, ours=True)


@pytest.fixture
def make_pack(tmp_path: Path) -> MakePack:
    """Writes a pack; `words` stand in the client's executive review."""

    def make(words: str = "The quarter went well.", title: str = "Acme: review") -> Path:
        folder = tmp_path / "reports" / "acme" / "2026Q3"
        folder.mkdir(parents=True, exist_ok=True)
        entries = []
        for report, audience, said in (
            ("executive", "client", words),
            ("executive", "internal", "Gross margin fell to 18.3%."),
            ("qbr", "client", "Nothing to add."),
        ):
            made = document(said, audience, title)
            files = []
            for suffix, data in (
                ("html", write_html(made).encode()),
                ("pdf", write_pdf(made)),
            ):
                path = folder / f"{report}-{audience}.{suffix}"
                path.write_bytes(data)
                files.append({"name": path.name, "sha256": sha256(path), "bytes": len(data)})
            entries.append(
                {
                    "report": report,
                    "audience": audience,
                    "title": {"executive": "Executive review", "qbr": "Business review"}[report],
                    "files": files,
                    "inputs": "0" * 64,
                    "notebook": "0" * 64,
                    "parameters": "0" * 64,
                    "key": "0" * 64,
                    "versions": {"reviewkit": "0"},
                    "cutoff": "2026-10-06T18:00:00+02:00",
                }
            )
        manifest = {"client": "acme", "period": "2026Q3", "entries": entries}
        write_json(folder / "manifest.json", manifest)
        return folder

    return make
