"""One message to one client, and headers that stay headers."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy

import pytest

from reviewkit.errors import ReleaseError
from reviewkit.params.house import MailText
from reviewkit.params.models import Contact, Mail
from reviewkit.release import Pack, compose, post
from reviewkit.speech import speaking

AT = dt.datetime(2026, 10, 14, 9, 30, tzinfo=dt.UTC)
MAIL = Mail(
    sender="reviews@meridian.example",
    sender_name="Meridian Logistics",
    greeting="Dear {name},",
    body="attached is your {report} for {period}.",
)
READERS = (
    Contact(name="Tilda Quillfeather", email="tilda@acme.example", receives=("executive",)),
    Contact(name="Bram Copperfield", email="bram@acme.example", receives=("executive", "qbr")),
    Contact(name="Not Reading", email="nobody@acme.example"),
)


def pack(folder, **changed) -> Pack:
    facts = {
        "client": "acme",
        "client_name": "Acme Motors",
        "period": "2026Q3",
        "period_title": "July to September 2026",
        "titles": {"executive": "Executive review", "qbr": "Business review"},
        "files": {
            kind: {form: folder / f"{kind}-client.{form}" for form in ("html", "pdf")}
            for kind in ("executive", "qbr")
        },
        "kinds": ("executive", "qbr"),
        "formats": ("pdf",),
        "hash": "ab" * 32,
    }
    return Pack(**(facts | changed))


def test_the_message_reads_well_and_holds_the_very_pdfs(make_pack, tmp_path) -> None:
    folder = make_pack()
    path = post(compose(pack(folder), MAIL, READERS, AT), tmp_path / "outbox", "acme-2026Q3")
    assert path.name == "acme-2026Q3.eml"
    assert [item.name for item in path.parent.iterdir()] == ["acme-2026Q3.eml"]
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["From"] == "Meridian Logistics <reviews@meridian.example>"
    assert [item.addr_spec for item in message["To"].addresses] == [
        "tilda@acme.example",
        "bram@acme.example",
    ]
    assert message["Subject"] == (
        "Acme Motors: Executive review and Business review, July to September 2026"
    )
    assert message.get_body(("plain",)).get_content().splitlines() == [
        "Dear Tilda Quillfeather and Bram Copperfield,",
        "",
        "attached is your executive review and business review for July to September 2026.",
        "",
        "Meridian Logistics",
    ]
    attached = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert attached == {
        "acme-2026Q3-executive.pdf": (folder / "executive-client.pdf").read_bytes(),
        "acme-2026Q3-qbr.pdf": (folder / "qbr-client.pdf").read_bytes(),
    }


def test_the_same_pack_gives_the_same_bytes(make_pack) -> None:
    folder = make_pack()
    first, second = (compose(pack(folder), MAIL, READERS, AT) for _ in range(2))
    assert bytes(first) == bytes(second)


def test_a_name_cannot_add_a_header(make_pack) -> None:
    folder = make_pack()
    named = pack(folder, client_name="Acme\r\nBcc: all@everyone.example")
    message = compose(named, MAIL, READERS, AT)
    assert message["Bcc"] is None
    again = message_from_bytes(bytes(message), policy=policy.default)
    assert again["Bcc"] is None
    assert again["Subject"].startswith("Acme Bcc: all@everyone.example: ")


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_an_address_is_one_address(make_pack, address: str) -> None:
    readers = (Contact(name="A", email=address, receives=("qbr",)),)
    with pytest.raises(ReleaseError, match="is not an address"):
        compose(pack(make_pack()), MAIL, readers, AT)


def test_names_of_all_alphabets_survive(make_pack) -> None:
    readers = (Contact(name="Łukasz “Ω” 李", email="l@acme.example", receives=("qbr",)),)
    message = compose(pack(make_pack()), MAIL, readers, AT)
    again = message_from_bytes(bytes(message), policy=policy.default)
    assert again["To"].addresses[0].display_name == "Łukasz “Ω” 李"


def test_nobody_reading_is_an_error(make_pack) -> None:
    with pytest.raises(ReleaseError, match="nobody at Acme Motors receives a report"):
        compose(pack(make_pack()), MAIL, READERS[2:], AT)


def test_a_mail_carries_the_formats_that_the_client_is_sent(make_pack) -> None:
    message = compose(pack(make_pack(), formats=("pdf", "html")), MAIL, READERS, AT)
    parts = [(part.get_filename(), part.get_content_type()) for part in message.iter_attachments()]
    assert parts == [
        ("acme-2026Q3-executive.pdf", "application/pdf"),
        ("acme-2026Q3-executive.html", "text/html"),
        ("acme-2026Q3-qbr.pdf", "application/pdf"),
        ("acme-2026Q3-qbr.html", "text/html"),
    ]


def test_a_report_that_was_not_built_is_not_left_out_in_silence(make_pack) -> None:
    folder = make_pack()
    with pytest.raises(ReleaseError, match="qbr for acme 2026Q3 was not built"):
        compose(
            pack(folder, files={"executive": {"pdf": folder / "executive-client.pdf"}}),
            MAIL,
            READERS,
            AT,
        )


def test_who_receives_reports_of_two_packs_gets_each_once_and_misses_none(make_pack) -> None:
    folder = make_pack()
    both = Contact(name="Both Ways", email="both@acme.example", receives=("executive", "monthly"))
    ops = Contact(name="Ops Alone", email="ops@acme.example", receives=("monthly",))
    quarter = compose(pack(folder), MAIL, (*READERS, both, ops), AT)
    assert [part.get_filename() for part in quarter.iter_attachments()] == [
        "acme-2026Q3-executive.pdf",
        "acme-2026Q3-qbr.pdf",
    ]
    assert "ops@acme.example" not in str(quarter["To"])
    month = compose(
        pack(
            folder,
            period="2026-09",
            titles={"monthly": "Monthly review"},
            files={"monthly": {"pdf": folder / "qbr-client.pdf"}},
            kinds=("monthly",),
        ),
        MAIL,
        (*READERS, both, ops),
        AT,
    )
    assert [part.get_filename() for part in month.iter_attachments()] == [
        "acme-2026-09-monthly.pdf"
    ]
    assert [item.addr_spec for item in month["To"].addresses] == [
        "both@acme.example",
        "ops@acme.example",
    ]
    with pytest.raises(ReleaseError, match="nobody at Acme Motors receives any of executive, qbr"):
        compose(pack(folder), MAIL, (ops,), AT)


def test_a_field_that_does_not_exist_is_named(make_pack) -> None:
    mail = MAIL.model_copy(update={"body": "for {quarter}"})
    with pytest.raises(ReleaseError, match="'quarter'"):
        compose(pack(make_pack()), mail, READERS, AT)


def test_a_client_is_written_to_in_the_language_of_its_pages(make_pack) -> None:
    german = MailText(greeting="Guten Tag {name},", body="anbei Ihr Bericht ({report}).")
    mail = MAIL.model_copy(update={"languages": {"de": german}})
    titles = {"executive": "Führungsbericht", "qbr": "Quartalsbericht"}
    theirs = pack(make_pack(), titles=titles, period_title="Juli bis September 2026")
    with speaking("de-AT"):
        message = compose(theirs, mail, READERS, AT)
    assert message["Subject"] == (
        "Acme Motors: Führungsbericht und Quartalsbericht, Juli bis September 2026"
    )
    assert message["Content-Language"] == "de"
    body = message.get_body(("plain",)).get_content()
    assert body.splitlines()[:3] == [
        "Guten Tag Tilda Quillfeather und Bram Copperfield,",
        "",
        "anbei Ihr Bericht (Führungsbericht und Quartalsbericht).",
    ]
    english = compose(theirs, mail, READERS, AT).get_body(("plain",)).get_content()
    assert english.startswith("Dear Tilda")
