"""Takes a pack to the door: approval, and the mail in the outbox."""

from __future__ import annotations

import datetime as dt
import hashlib
from email.message import EmailMessage
from pathlib import Path

from reviewkit.build.gallery import write_gallery
from reviewkit.build.pack import as_published, read_agreed
from reviewkit.build.places import OUTBOX
from reviewkit.build.plan import clients_of
from reviewkit.build.selection import Selection
from reviewkit.build.when import usual_kinds
from reviewkit.display.formats import Formats
from reviewkit.errors import ReleaseError
from reviewkit.params import Workspace
from reviewkit.params.members import relatives
from reviewkit.periods import parse
from reviewkit.published import write_published
from reviewkit.release import (
    Approval,
    Pack,
    approve,
    approved,
    client_files,
    compose,
    forbidden_words,
    post,
    read_manifest,
    search,
)
from reviewkit.release.ledger import Act, record
from reviewkit.speech import speaking


def pack_folder(workspace: Workspace, client: str, period: str) -> Path:
    """Return where the reports of a client and period lie."""
    clients_of(workspace, Selection(clients=(client,)))
    calendar = workspace.clients[client].client.fiscal_calendar
    return Path(workspace.root) / "reports" / client / parse(period, calendar).id


def approve_pack(workspace: Workspace, client: str, period: str, by: str) -> Approval:
    """Approve the client-facing files of a pack, after the guard has read them."""
    folder = pack_folder(workspace, client, period)
    _guard(workspace, client, folder)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    approval = approve(folder, by, now, read_agreed(folder))
    act = Act(
        at=now,
        act="approved",
        client=client,
        period=approval.period,
        by=approval.by,
        hash=approval.hash,
        files=approval.files,
    )
    record(Path(workspace.root), act)
    write_published(Path(workspace.root), as_published(folder, approval))
    write_gallery(workspace)
    return approval


def send_pack(workspace: Workspace, client: str, period: str) -> Path:
    """Write the mail with the approved files to the outbox and return its path.

    Raises `ReleaseError` for a pack that is not approved, has changed, or holds what may
    not leave the house; nothing is written then.
    """
    folder = pack_folder(workspace, client, period)
    approval = approved(folder)
    _guard(workspace, client, folder)
    house, own = workspace.house, workspace.clients[client].client
    if house.mail is None:
        raise ReleaseError("params/house.yaml: mail: is missing. Say who sends: mail: {sender: …}.")
    manifest = read_manifest(folder)
    files: dict[str, dict[str, Path]] = {}
    for entry, path in client_files(folder, manifest):
        files.setdefault(entry.report, {})[path.suffix[1:]] = path
    formats = Formats(own.locale or house.locale, own.currency, own.timezone, own.language)
    span = parse(manifest.period, own.fiscal_calendar)
    with speaking(formats.language):
        pack = Pack(
            client=client,
            client_name=own.name,
            period=manifest.period,
            period_title=formats.title(span),
            titles={
                entry.report: entry.title
                for entry in manifest.entries
                if entry.audience == "client"
            },
            files=files,
            kinds=usual_kinds(workspace, client, span),
            formats=own.sends,
            hash=approval.hash,
        )
        message = compose(pack, house.mail, own.contacts, approval.at)
    mail = post(message, Path(workspace.root) / OUTBOX, f"{client}-{manifest.period}")
    record(Path(workspace.root), _mailed(mail, message, manifest.period, pack))
    write_gallery(workspace)
    return mail


def _mailed(mail: Path, message: EmailMessage, period: str, pack: Pack) -> Act:
    """Return what went into the outbox: to whom, and the very bytes attached."""
    attached = {
        str(part.get_filename()): hashlib.sha256(part.get_content()).hexdigest()
        for part in message.iter_attachments()
    }
    return Act(
        at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        act="mailed",
        client=pack.client,
        period=period,
        by=str(message["From"].addresses[0].addr_spec),
        hash=pack.hash,
        files=attached,
        to=tuple(address.addr_spec for address in message["To"].addresses),
        mail=(OUTBOX / mail.name).as_posix(),
    )


def _guard(workspace: Workspace, client: str, folder: Path) -> None:
    known = relatives(client, workspace.clients)
    names = {
        slug: item.client.name for slug, item in workspace.clients.items() if slug not in known
    }
    forbidden = forbidden_words(client, names, workspace.house.internal_markers)
    files = [path for _, path in client_files(folder, read_manifest(folder))]
    hits = search(files, forbidden)
    if hits:
        found = "\n".join(str(hit) for hit in hits[:10])
        raise ReleaseError(f"the pack holds what may not leave the house:\n{found}")
