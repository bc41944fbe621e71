"""What says whose a page is: logos, and signs and scripts of any language."""

from __future__ import annotations

import base64
import io
import logging

import pypdf
import pytest
from pydantic import ValidationError

from reviewkit.blocks import Front, Heading, Prose, Span
from reviewkit.render.document import Document
from reviewkit.render.html import write_html
from reviewkit.render.pdf import write_pdf
from reviewkit.speech import languages, marks, speaking

SHAPES = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'
LOGO = f"data:image/svg+xml;base64,{base64.b64encode(SHAPES).decode()}"


def _document(text: str = "One", **front: str) -> Document:
    given = {"client": "Acme", "report": "R", "period": "P", "provider": "Meridian", "title": "T"}
    whole = Front.model_validate({**given, **front})
    parts = [Heading(role="headline", text=text), Prose(paragraphs=((Span(text=text),),))]
    filler = Prose(paragraphs=((Span(text="word " * 900),),) * 2)
    return Document(front=whole, parts=(*parts, filler), ours=True)


def _pages(document: Document) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(document)))
    return [page.extract_text() for page in reader.pages]


def test_the_provider_s_logo_takes_the_place_of_its_name_on_the_first_page() -> None:
    document = _document(provider_logo=LOGO)
    first, second, *_ = _pages(document)
    assert "Meridian" not in first
    assert "Meridian" in second
    assert f'<img class="rk-logo" src="{LOGO}" alt="Meridian">' in write_html(document)


def test_the_client_s_logo_stands_beside_its_name() -> None:
    document = _document(logo=LOGO)
    assert "Acme" in _pages(document)[0]
    assert f'<img class="rk-logo" src="{LOGO}" alt=""><b class="rk-client">Acme' in write_html(
        document
    )


@pytest.mark.parametrize("logo", ["https://a.example/x.png", "data:text/html;base64,PGI+", "x.svg"])
def test_a_logo_that_would_be_fetched_is_no_logo(logo: str) -> None:
    with pytest.raises(ValidationError):
        _document(logo=logo)


@pytest.mark.parametrize("language", languages())
def test_an_internal_page_carries_its_signs_in_its_language(language: str) -> None:
    document = _document(audience="internal", language=language)
    with speaking(language):
        signs = (marks.internal(), marks.version(), marks.warning())
    html, (first, *_) = write_html(document), _pages(document)
    for sign in signs:
        assert sign in html
        assert sign in first


@pytest.mark.parametrize("text", ["東京物流センター", "مستودع دبي", "תל אביב", "Łódź Ελλάδα"])
def test_signs_of_any_script_are_printed_or_named_in_the_log(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="reviewkit.render"):
        printed = "".join(_pages(_document(text)))
    missing = [sign for sign in text if sign not in printed and not sign.isspace()]
    for sign in missing:
        assert f"U+{ord(sign):04X}" in caplog.text
    assert text in write_html(_document(text))
