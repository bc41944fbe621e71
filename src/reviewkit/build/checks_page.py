"""The report of the check as a page of its own, in the look of the reviews."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.accounts import (
    CheckReport,
    examine,
    open_accounts,
    render_report,
    write_quarantine,
)
from reviewkit.blocks import Front, Heading, Prose, Span, Table
from reviewkit.build.checks_tables import Tables
from reviewkit.display.formats import Formats
from reviewkit.display.words import capital
from reviewkit.params import Workspace
from reviewkit.params.house import House
from reviewkit.release.manifest import write_whole
from reviewkit.render.document import Document
from reviewkit.render.html import write_html
from reviewkit.render.parts import Part
from reviewkit.speech import say, say_number, speaking

PAGE = Path("reports", "checks.html")
"""Where the page lies in a workspace."""


@dataclass(frozen=True)
class Checked:
    """The report of the check, the files of rows set aside, and the page."""

    report: CheckReport
    files: tuple[Path, ...]
    page: Path

    def text(self) -> str:
        """Return the report for a terminal, with the files named from where it stands."""
        lines = [render_report(self.report), ""]
        if self.files:
            lines.append("rows set aside, with the reason of each:")
            lines += [f"  {os.path.relpath(file)}" for file in self.files]
        return "\n".join([*lines, f"as a page: {os.path.relpath(self.page)}"])


def run_checks(workspace: Workspace) -> Checked:
    """Check the account data; write the page, and the rows set aside for a person to find."""
    with open_accounts(workspace) as accounts:
        report = examine(accounts, workspace)
        files = write_quarantine(accounts, Path(workspace.root) / ".reviewkit" / "quarantine")
        page = write_checks_page(workspace, report, accounts.cutoffs)
    return Checked(report, tuple(files), page)


def write_checks_page(
    workspace: Workspace, report: CheckReport, cutoffs: Mapping[str, dt.datetime]
) -> Path:
    """Write the page of `report` into the workspace and return its path.

    It needs nothing beside itself; the same report gives the same bytes. It is in the house's
    language but for what was found, which is told as the command tells it.
    """
    path, house = Path(workspace.root) / PAGE, workspace.house
    formats = Formats(house.locale, "", house.timezone)
    with speaking(formats.language):
        page = write_html(_document(house, formats, report, cutoffs), band=_whose())
    write_whole(path, page.encode())
    return path


def _document(
    house: House, formats: Formats, report: CheckReport, cutoffs: Mapping[str, dt.datetime]
) -> Document:
    front = Front(
        client=house.name,
        report=say("Data check"),
        period="",
        provider=house.name,
        title=say("{provider}: data check", provider=house.name),
        audience="internal",
        language=formats.language,
        accent=house.brand.accent,
        source=say("Written by reviewkit check from the sources in house.yaml"),
        confidentiality=capital(_whose()),
        generated=max(cutoffs.values(), default=None),
        decimal=formats.decimal,
    )
    tables = Tables(formats)
    parts: list[Part] = [
        Heading(role="headline", text=_headline(report, formats)),
        Prose(paragraphs=((Span(text=_lead(cutoffs)),),), lead=True),
        *_section(say("Told of sources and rows"), say("Rows"), tables.problems(report)),
        *_section(say("Told of tables"), say("Tables"), tables.findings(report.findings)),
        *_section(say("Every row accounted for"), say("By source"), tables.by_source(report)),
        *_section(say("By client"), say("By client"), tables.by_client(report)),
        *_section(say("Complete up to"), say("Cut-offs"), tables.cutoffs(cutoffs)),
    ]
    return Document(front=front, parts=tuple(parts), ours=True)


def _whose() -> str:
    """Return why the page stays in the house."""
    return say("holds data of all clients")


def _headline(report: CheckReport, formats: Formats) -> str:
    aside = sum(table.quarantined for table in report.tables)
    used = sum(table.rows_out for table in report.tables)
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    rows = say_number(
        "{count} row used, {aside} set aside",
        "{count} rows used, {aside} set aside",
        used,
        count=formats.number(used),
        aside=formats.number(aside),
    )
    told = say_number(
        "{count} warning", "{count} warnings", warnings, count=formats.number(warnings)
    )
    return f"{rows}; {told if warnings else say('nothing to warn of')}"


def _lead(cutoffs: Mapping[str, dt.datetime]) -> str:
    return say_number(
        "{number} table in use. Rows in = used + set aside + excluded by rule + other clients, "
        "for every source and every client.",
        "{number} tables in use. Rows in = used + set aside + excluded by rule + other clients, "
        "for every source and every client.",
        len(cutoffs),
    )


def _section(text: str, nav: str, table: Table) -> tuple[Part, Part]:
    return Heading(role="section", text=text, nav=nav), table
