"""`reports/index.html`: every pack that stands in the workspace, and how far each is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import quote

from reviewkit.build.checks_page import PAGE as CHECKS
from reviewkit.build.places import GALLERY, OUTBOX, PICTURES, REPORTS
from reviewkit.display.formats import Formats
from reviewkit.errors import PeriodError, ReleaseError
from reviewkit.params import Workspace
from reviewkit.params.reports import PORTFOLIO
from reviewkit.periods import GREGORIAN, FiscalCalendar, parse
from reviewkit.release.approval import APPROVAL, Approval, approved
from reviewkit.release.manifest import MANIFEST, Entry, Manifest, read_manifest, write_whole
from reviewkit.render.gallery import Card, Link, Listed, Standing, write_gallery_page
from reviewkit.speech import marks, say, speaking


def write_gallery(workspace: Workspace) -> Path:
    """Write the page of all packs and return its path; its links lead beside it alone.

    It is in the house's language, headlines in that of their review. Packs stand by client,
    the newest period first. A pack whose manifest cannot be read is left out: the next build
    makes it again.
    """
    root, house = Path(workspace.root), workspace.house
    slugs = (*sorted(workspace.clients), PORTFOLIO)
    with speaking(house.locale):
        cards = [card for slug in slugs for card in _of_client(workspace, slug)]
        more = [Link(say("Data check"), CHECKS.name)] if (root / CHECKS).is_file() else []
        page = write_gallery_page(house.name, house.brand.accent, cards, more)
    write_whole(root / GALLERY, page.encode())
    return root / GALLERY


def _of_client(workspace: Workspace, slug: str) -> list[Card]:
    folders = (Path(workspace.root) / REPORTS / slug).glob(f"*/{MANIFEST}")
    found = []
    for path in sorted(folders):
        try:
            manifest = read_manifest(path.parent)
            period = parse(manifest.period, _calendar(workspace, slug))
        except (ReleaseError, PeriodError):
            continue
        if manifest.entries:
            title = _formats(workspace).title(period)
            # A quarter and its last month end on one day: the longer goes first.
            place = period.end, period.days
            found.append((place, _card(workspace, slug, manifest, title)))
    return [card for _, card in sorted(found, key=lambda item: item[0], reverse=True)]


def _calendar(workspace: Workspace, slug: str) -> FiscalCalendar:
    own = workspace.clients.get(slug)
    return own.client.fiscal_calendar if own else GREGORIAN


def _formats(workspace: Workspace) -> Formats:
    """Return how the house reads dates; no amount stands on the page."""
    return Formats(workspace.house.locale, "", workspace.house.timezone)


def _name(workspace: Workspace, slug: str) -> str:
    own = workspace.clients.get(slug)
    return own.client.name if own else say("All accounts")


def _card(workspace: Workspace, slug: str, manifest: Manifest, title: str) -> Card:
    root = Path(workspace.root)
    standing, note = _standing(workspace, slug, manifest)
    entries = sorted(manifest.entries, key=lambda entry: _place(workspace, slug, entry))
    first = entries[0]
    return Card(
        client=_name(workspace, slug),
        slug=slug,
        period=manifest.period,
        period_title=title,
        standing=standing,
        standing_note=note,
        headline=first.headline,
        picture=_picture(root, slug, manifest.period, first),
        reports=tuple(_listed(slug, manifest.period, entry) for entry in entries),
        cutoff=_cutoff(workspace, first),
    )


def _cutoff(workspace: Workspace, entry: Entry) -> str:
    if not entry.cutoff:
        return ""
    day = dt.date.fromisoformat(entry.cutoff[:10])
    return say("Data to {day}", day=_formats(workspace).day(day, year=True))


def _place(workspace: Workspace, slug: str, entry: Entry) -> tuple[bool, int, str]:
    """Return where a report stands in its pack: the client's first, in the order of `reports`."""
    own = workspace.clients.get(slug)
    order = own.client.reports if own else ()
    at = order.index(entry.report) if entry.report in order else len(order)
    return entry.audience != "client", at, entry.report


def _standing(workspace: Workspace, slug: str, manifest: Manifest) -> tuple[Standing, str]:
    root = Path(workspace.root)
    folder = root / REPORTS / slug / manifest.period
    if not (folder / APPROVAL).is_file():
        return "built", ""
    try:
        approval = approved(folder)
    except ReleaseError:
        return "changed", ""
    mail = root / OUTBOX / f"{slug}-{manifest.period}.eml"
    standing: Standing = "posted" if _holds(mail, approval) else "approved"
    day = _formats(workspace).day(approval.at.date(), year=True)
    return standing, say("by {person}, {day}", person=approval.by, day=day)


def _holds(mail: Path, approval: Approval) -> bool:
    """Tell whether the mail carries the very files that were approved: its parts are named so."""
    return mail.is_file() and approval.hash.encode() in mail.read_bytes()


def _picture(root: Path, slug: str, period: str, entry: Entry) -> str:
    name = f"{slug}-{period}-{entry.report}-{entry.audience}.png"
    return f"{PICTURES.name}/{quote(name)}" if (root / PICTURES / name).is_file() else ""


def _listed(slug: str, period: str, entry: Entry) -> Listed:
    links = tuple(
        Link(file.name.rsplit(".", 1)[-1].upper(), f"{slug}/{period}/{quote(file.name)}")
        for file in entry.files
    )
    return Listed(entry.report, _title(entry.title), entry.audience, links)


def _title(title: str) -> str:
    """Return a report's title without what the page says for all internal versions alike."""
    for word in marks.of_all_languages()[0]:
        title = title.removesuffix(f", {word}")
    return title
