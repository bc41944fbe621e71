"""Packs as mail: one message to one client, written to the outbox."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from reviewkit.errors import ReleaseError
from reviewkit.params.models import Contact, Mail
from reviewkit.release.manifest import write_whole
from reviewkit.speech import say, spoken

_OFFICE = "application/vnd.openxmlformats-officedocument"

MEDIA = {
    "html": "text/html",
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
"""Media types of what a mail may carry."""


@dataclass(frozen=True)
class Pack:
    """What is sent: to whom, about what, and the files. `hash` is that of the approved files.

    `files` has the path of each report kind's formats; those of `formats` are attached. `kinds`
    are those that a pack of such a period is expected to hold: a monthly review has one of
    its own.
    """

    client: str
    client_name: str
    period: str
    period_title: str
    titles: dict[str, str]
    files: dict[str, dict[str, Path]]
    kinds: tuple[str, ...]
    formats: tuple[str, ...]
    hash: str


def compose(pack: Pack, mail: Mail, contacts: tuple[Contact, ...], at: dt.datetime) -> EmailMessage:
    """Return one message with the files of every report kind of the pack that somebody receives.

    A pack is one mail: whoever receives one of its kinds sees all of it; whoever receives only
    kinds of other packs is not written to. The house's text in the language spoken is taken,
    where it has one. Raises `ReleaseError` where nobody receives any, or a kind that the pack
    is to hold and somebody receives was not built.
    """
    here = {*pack.kinds, *pack.files}
    readers = [contact for contact in contacts if contact.email and here & {*contact.receives}]
    kinds = sorted({kind for contact in readers for kind in contact.receives if kind in here})
    if not kinds:
        others = any(contact.email and contact.receives for contact in contacts)
        held = f"any of {', '.join(sorted(here))}" if others and here else "a report"
        raise ReleaseError(
            f"nobody at {pack.client_name} receives {held}. Say so in "
            f"params/{pack.client}/client.yaml: contacts, receives."
        )
    _require_built(pack, kinds)
    # A folded subject gains a blank in some readers; 998 is what a line of mail may have.
    message = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
    message["From"] = _address(mail.sender_name, mail.sender)
    message["To"] = tuple(_address(contact.name, contact.email) for contact in readers)
    titles = [pack.titles[kind] for kind in kinds]
    subject = f"{pack.client_name}: {_joined(titles)}, {pack.period_title}"
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{pack.hash[:32]}@{mail.sender.partition('@')[2]}>"
    message.set_content(_body(pack, mail, readers, _joined([_inside(t) for t in titles])))
    for kind in kinds:
        for form in pack.formats:
            maintype, _, subtype = MEDIA[form].partition("/")
            message.add_attachment(
                pack.files[kind][form].read_bytes(),
                maintype=maintype,
                subtype=subtype,
                filename=f"{pack.client}-{pack.period}-{kind}.{form}",
            )
    message["Content-Language"] = spoken()
    message.set_boundary(f"reviewkit-{pack.hash}")
    return message


def _require_built(pack: Pack, kinds: list[str]) -> None:
    for form in pack.formats:
        missing = [kind for kind in kinds if form not in pack.files.get(kind, {})]
        if missing:
            raise ReleaseError(
                f"{', '.join(missing)} for {pack.client} {pack.period} was not built as "
                f"{form.upper()}, but contacts receive it. "
                f"Build it: reviewkit build {pack.client} --period {pack.period}"
            )


def post(message: EmailMessage, outbox: Path, name: str) -> Path:
    """Write `message` to the outbox, whole or not at all, and return its path."""
    path = outbox / f"{name}.eml"
    write_whole(path, bytes(message))
    return path


def _body(pack: Pack, mail: Mail, readers: list[Contact], named: str) -> str:
    names = _joined([contact.name for contact in readers])
    fields = {
        "name": names,
        "report": named,
        "period": pack.period_title,
        "client": pack.client_name,
    }
    text = mail.languages.get(spoken(), mail)
    try:
        greeting, body = text.greeting.format_map(fields), text.body.format_map(fields)
    except (KeyError, ValueError, IndexError) as error:
        raise ReleaseError(
            f"params/house.yaml: mail: the text has a field that does not exist ({error}). "
            f"Known: {', '.join(sorted(fields))}."
        ) from error
    return f"{greeting}\n\n{body.strip()}\n\n{mail.sender_name or mail.sender}\n"


def _address(name: str, email: str) -> Address:
    try:
        return Address(display_name=_one_line(name), addr_spec=email)
    except (ValueError, IndexError) as error:
        raise ReleaseError(f"{email!r} is not an address that mail can be sent to.") from error


def _one_line(text: str) -> str:
    """Keep headers what they are: one line each."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _inside(title: str) -> str:
    """Write a report's title as it stands inside a sentence; an abbreviation keeps its capitals."""
    kept = spoken() != "en" or title[:2].isupper()
    return title if kept else title[:1].lower() + title[1:]


def _joined(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return say("{items} and {last}", items=", ".join(words[:-1]), last=words[-1])
