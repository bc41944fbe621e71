"""Inputs that look bad and are sound: each must simply work."""

from __future__ import annotations

from bad_case import CLIENT, ROWS, Strange, client, house, put, together
from bad_values import BERLIN, cell, table

DATA = "data/cases.csv"


def named(name: str) -> Strange:
    """A cell that would do harm if it were ever run, and is a text like any other."""
    quoted = '"' + name.replace('"', '""') + '"'
    return Strange(f"a category called {name[:20]!r}", put(DATA, ROWS.replace("late", quoted)))


STRANGE = [
    named("<script>alert(1)</script>"),
    named("=cmd|'/c calc'!A1"),
    named('#read("/etc/passwd")'),
    named("'; DROP TABLE cases; --"),
    named("$(touch pwned) `touch pwned`"),
    named("{{ 7 * 7 }} ${HOME} %s %(x)s {0}"),
    named("📦🚚👩🏽‍🔧"),
    named("שלום עולם"),
    named("x" * 200),
    named("a\tb\nc"),
    named("NULL"),
    named("../../../etc/passwd"),
    Strange("a cell of 10 MB", put(DATA, ROWS.replace("late", "x" * 10_000_000))),
    Strange("a mark of its byte order before the header", put(DATA, "\ufeff" + ROWS)),
    Strange("a header alone", put(DATA, ROWS.splitlines()[0] + "\n"), used=0),
    Strange("line ends of Windows", put(DATA, ROWS.replace("\n", "\r\n"))),
    Strange("no line end at the end", put(DATA, ROWS.rstrip())),
    Strange(
        "UTF-16 that says so",
        together(
            put(DATA, ROWS.encode("utf-16")),
            house("data/cases.csv", "data/cases.csv\n      csv: {encoding: utf-16}"),
        ),
    ),
    Strange(
        "a file with blanks and accents in its name",
        together(
            put("data/Fälle – März 2026.csv", ROWS), house(DATA, "data/Fälle – März 2026.csv")
        ),
    ),
    Strange(
        "a column with blanks and quotes in its name",
        together(
            put(DATA, ROWS.replace("what", '"what ""kind"" of"')),
            house("category: what", "category: 'what \"kind\" of'"),
        ),
    ),
    Strange("the 29th of February of 2028", cell("payments", "paid_on", "2028-02-29")),
    Strange("a day in the year 9999", cell("payments", "paid_on", "9999-12-31")),
    Strange("an amount of twelve decimals", cell("payments", "amount", "0.123456789012")),
    Strange("an amount below nothing", cell("payments", "amount", "-12.50")),
    Strange(
        "an offset of a quarter of an hour", cell("cases", "opened_at", "2026-09-01T08:00+05:45")
    ),
    Strange(
        "an hour that the clock shows twice in autumn",
        cell("cases", "closed_at", "2026-10-25 02:30", more=BERLIN),
    ),
    Strange(
        "an hour that the clock skips elsewhere",
        cell("cases", "opened_at", "2026-03-29T02:30+01:00", more=BERLIN),
    ),
    Strange("nothing in any cell that may be empty", cell("cases", "closed_at", "")),
    Strange("an identifier with noughts before it", cell("payments", "invoice_id", "000000000")),
    Strange(
        "thousands of rows that are alike but for the id",
        table("payments", *((f"R{number}", "2026-09-30", "1.00") for number in range(2000))),
        used=2000,
    ),
    Strange(
        "a name in another script",
        put("params/acme/client.yaml", CLIENT.replace("Acme", "株式会社アクメ")),
    ),
    Strange(
        "a name of 200 letters", put("params/acme/client.yaml", CLIENT.replace("Acme", "A" * 200))
    ),
    Strange(
        "words in the house's own voice",
        put("params/acme/2026Q3.md", "## Margin (internal)\n<script>\n"),
    ),
    Strange("an empty plan", put("params/acme/plan.yaml", "")),
    Strange("a few aliases", client("targets:\n  otif: &goal [{value: 0.9}]\n  in_full: *goal")),
]
