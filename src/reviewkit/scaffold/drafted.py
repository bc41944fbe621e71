"""Starts a client from its files: looks at them first, then writes parameters and sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import ValidationError

from reviewkit.accounts.suggest import Given, Proposal, draft, suggest
from reviewkit.errors import ParamsError, Problem, UsageError, nearest
from reviewkit.params.models import House
from reviewkit.params.translate import translated
from reviewkit.params.yaml import read_yaml
from reviewkit.scaffold.write import client_name, new_client

_HOUSE = "params/house.yaml"
_AGAIN = "is read by house.yaml already: add the client's id to its keys"
_NO_SOURCES = re.compile(r"^sources:[ \t]*\{[ \t]*\}[ \t]*(#[^\n]*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Drafted:
    """What was proposed and written. `sources` is the file that holds the drafted sources;
    with `in_house` that is house.yaml itself, which had none. With `again` it is too, and
    nothing was added: it reads all of the files already.
    """

    proposal: Proposal
    written: tuple[Path, ...]
    sources: Path
    in_house: bool
    again: bool = False


def draft_client(
    root: Path,
    slug: str,
    files: Sequence[Path],
    *,
    name: str = "",
    ids: Sequence[str] = (),
    all_rows: bool = False,
) -> Drafted:
    """Look at `files`, start the client's parameters where it has none, and draft its sources.

    The draft goes into house.yaml where that has no sources yet, else into
    `params/<slug>/sources.draft`, from where it is copied. Nothing is written where a file
    cannot be read or none is an account table: raises `SourceError`, `UsageError` for a slug,
    name or id that cannot be, `ParamsError` for a house.yaml that cannot be read.
    """
    shown = client_name(slug, name)
    house = _house(root)
    folder = root / "params" / slug
    aside = folder / "sources.draft"
    if aside.exists():
        raise UsageError(f"params/{slug}/{aside.name} exists already. Move or delete it first.")
    known = {
        key: client
        for sources in house.sources.values()
        for source in sources
        for key, client in source.client.keys.items()
    }
    given = Given(slug, shown, tuple(ids), all_rows, known)
    proposal = _not_again(suggest(root, files, given, timezone=house.timezone), house)
    text = draft(proposal)
    written = () if folder.exists() else new_client(root, slug, name=name)
    if all(one.aside == _AGAIN for one in proposal.drafts):
        return Drafted(proposal, written, root / _HOUSE, in_house=False, again=True)
    in_house = not house.sources and _put_in_house(root / _HOUSE, text)
    if not in_house:
        _write(aside, text)
    place = root / _HOUSE if in_house else aside
    return Drafted(proposal, (*written, place), place, in_house)


def _not_again(proposal: Proposal, house: House) -> Proposal:
    """Put aside what house.yaml reads already: the client's id belongs among its keys."""
    read = {(one.file, one.table) for held in house.sources.values() for one in held if one.file}
    return replace(
        proposal,
        drafts=tuple(
            replace(one, aside=_AGAIN, asks=False)
            if (one.seen.source.file, one.seen.source.table) in read
            else one
            for one in proposal.drafts
        ),
    )


def _house(root: Path) -> House:
    source = read_yaml(root / _HOUSE, _HOUSE)
    if isinstance(source, Problem):
        raise ParamsError([source])
    try:
        house = House.model_validate(source.data)
    except ValidationError as error:
        raise ParamsError(translated(error, House, source)) from error
    if house.timezone not in (zones := available_timezones()):
        line, what = source.line(("timezone",)), f'"{house.timezone}" is not a time zone.'
        hint = nearest(house.timezone, zones)
        raise ParamsError([Problem(_HOUSE, line, "timezone", what, hint)])
    return house


def _put_in_house(path: Path, text: str) -> bool:
    """Write the sources into house.yaml in place of its empty ones; False where it is odd.

    The rest of the file is left to the letter.
    """
    old = path.read_text(encoding="utf-8-sig")
    found = list(_NO_SOURCES.finditer(old))
    if len(found) > 1 or (not found and re.search(r"^sources\b", old, re.MULTILINE)):
        return False
    if found:
        start, end = found[0].span()
        new = f"{old[:start]}{text.rstrip()}{old[end:]}"
    else:
        new = f"{old.rstrip()}\n\n{text}"
    _write(path, new)
    return True


def _write(path: Path, text: str) -> None:
    """Write beside `path` and rename, so that no half of it is ever read."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
