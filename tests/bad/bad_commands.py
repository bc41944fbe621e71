"""Commands called with words that cannot be meant, or where they cannot work."""

from __future__ import annotations

from pathlib import Path

from bad_case import Bad, house, put
from spoil import remove


def nothing(_root: Path) -> None:
    """Leave the workspace as it is: the command is what is wrong."""


def called(name: str, words: str, where: str, what: str, remedy: str, code: int = 2) -> Bad:
    """A command that is wrong in itself."""
    return Bad(
        name,
        nothing,
        where=where,
        what=what,
        remedy=remedy,
        command=tuple(words.split()),
        code=code,
    )


FORMS = "Write 2026-09, 2026Q3, 2026H2 or 2026"

WORDS = [
    called("a command that does not exist", "chek", "chek", "No such command", "check"),
    called(
        "an option that does not exist", "build --forse", "--forse", "No such option", "--force"
    ),
    called("a client that is misspelt", "build acmee", "acmee", "no client", 'mean "acme"?'),
    called(
        "a client that does not exist",
        "metrics zenith --period 2026Q3",
        "under params/",
        'no client "zenith"',
        "Valid: acme, borealis.",
    ),
    called(
        "a report that does not exist",
        "build acme --report smal",
        '"smal"',
        "no notebook",
        'Did you mean "small"?',
    ),
    called(
        "a format that we do not write",
        "build acme --format docx",
        '"docx"',
        "no format",
        "Valid: html, pdf, pptx, xlsx.",
    ),
    called(
        "an audience that does not exist",
        "extract acme --audience clients",
        '"clients"',
        "no audience",
        'Did you mean "client"?',
    ),
    called("an engine that does not exist", "build --engine latex", '"latex"', "engine", "quarto"),
    called("no job at a time", "build --jobs 0", "--jobs", "x>=1", "range"),
    called("jobs in words", "build --jobs many", "--jobs", "'many'", "integer"),
    called(
        "a day that does not exist",
        "build --as-of 2026-02-30",
        "--as-of",
        "'2026-02-30'",
        "%Y-%m-%d",
    ),
    called(
        "a fifth quarter",
        "build acme --period 2026Q5",
        '"2026Q5"',
        "a quarter is numbered 1 to 4",
        FORMS,
    ),
    called("another word", "build acme --period last-month", '"last-month"', "period", '"month"?'),
    called("a word to approve", "approve acme --period month --by D", '"month"', "moves", "itself"),
    called("a period of two digits", "build acme --period 26Q3", '"26Q3"', "period", FORMS),
    called(
        "a period the other way round",
        "build acme --period Q3-2026",
        '"Q3-2026"',
        "period",
        'Did you mean "2026Q3"?',
    ),
    called(
        "a dimension that does not exist",
        "metrics acme --period 2026Q3 --by lanes",
        '"lanes"',
        "no dimension",
        'Did you mean "lane"?',
    ),
    called("a period left out", "metrics acme", "--period", "Missing option", "-h"),
    called(
        "an account table that does not exist",
        "template shipment",
        "shipment is",
        "no account table",
        'Did you mean "shipments"?',
    ),
    called(
        "a form that no template has",
        "template shipments --format pdf",
        "pdf is",
        "no format of a template",
        "Valid: csv, xlsx.",
    ),
    called(
        "a client's name that no folder may bear",
        "new Zenith-GmbH",
        "Zenith-GmbH",
        "small letters",
        "zenith-gmbh",
    ),
    called("a client that is there already", "new acme", "params/acme", "already", "Edit"),
    called(
        "a workspace that does not exist",
        "check --workspace nowhere",
        "nowhere",
        "does not exist",
        "reviewkit init FOLDER",
    ),
    called(
        "a workspace that is a file",
        "check --workspace params/house.yaml",
        "params/house.yaml",
        "is a file",
        "--workspace",
    ),
]

PLACES = [
    Bad(
        "a demo into a file",
        put("there", "mine\n"),
        command=("demo", "there"),
        where="there",
        what="is a file",
        remedy="FOLDER",
        code=2,
    ),
    Bad(
        "a workspace into a file",
        put("there", "mine\n"),
        command=("init", "there"),
        where="there",
        what="is a file",
        remedy="FOLDER",
        code=2,
    ),
    Bad(
        "a template into a folder in place of a file",
        nothing,
        command=("template", "shipments", "--format", "csv", "--output", "data"),
        where="data",
        what="is a directory",
        remedy="--output",
        code=2,
    ),
    Bad(
        "a build of data that are not there",
        remove("data/cases.csv"),
        command=("build", "acme"),
        where="data/cases.csv",
        what="there is no such file",
        remedy="holds no file",
    ),
    Bad(
        "figures of data that are not there",
        remove("data/cases.csv"),
        command=("metrics", "acme", "--period", "2026Q3"),
        where="data/cases.csv",
        what="there is no such file",
        remedy="holds no file",
    ),
    Bad(
        "an extract from parameters with a slip",
        house("cutoff", "cutof"),
        command=("extract", "acme"),
        where="params/house.yaml:6",
        what="unknown key",
        remedy='Did you mean "cutoff"?',
        code=2,
        messages=2,
    ),
    Bad(
        "a figure of a period to come",
        nothing,
        command=("metrics", "acme", "--period", "2031Q3"),
        where="2031Q3 begins on 2031-07-01",
        what="the data end on 2026-10-06",
        remedy="Name an earlier period",
        code=2,
    ),
    Bad(
        "a review of a period to come",
        nothing,
        command=("build", "acme", "--period", "2031Q3"),
        where="2031Q3 begins on 2031-07-01",
        what="the data end on 2026-10-06",
        remedy="Name an earlier period",
        code=2,
    ),
    Bad(
        "reports in place of which lies a file",
        put("reports", "mine\n"),
        command=("build", "acme", "--period", "2026Q3"),
        where="acme 2026Q3 small client: reports/acme/2026Q3",
        what="Not a directory",
        remedy="A file lies in the way: move it away.",
        messages=2,
    ),
    Bad(
        "a folder of our own in place of which lies a file",
        put(".reviewkit", "mine\n"),
        where=".reviewkit/",
        what="Not a directory",
        remedy="A file lies in the way: move it away.",
    ),
    Bad(
        "an approval of nothing",
        nothing,
        command=("approve", "acme", "--period", "2026Q3", "--by", "Dana"),
        where="reports/acme/2026Q3",
        what="nothing has been built here",
        remedy="reviewkit build acme --period 2026Q3",
    ),
    Bad(
        "a mail of nothing",
        nothing,
        command=("send", "acme", "--period", "2026Q3"),
        where="reports/acme/2026Q3",
        what="nothing has been built here",
        remedy="reviewkit build acme --period 2026Q3",
    ),
]

COMMANDS = [*WORDS, *PLACES]
