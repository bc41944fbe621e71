"""House.yaml asks for what the contract, the source or the workspace does not have."""

from __future__ import annotations

from bad_case import HOUSE, Bad, added, column, house, put

YAML = "params/house.yaml"
CLIENT = "client: {column: who, keys: {A: acme, B: borealis}}"

NAMES = [
    Bad(
        "an account table that does not exist",
        house("  cases:", "  casses:"),
        where=f"{YAML}:4: sources.casses",
        what="is no account table",
        remedy='Did you mean "cases"?',
        code=2,
    ),
    Bad(
        "a column of the contract that is misspelt",
        house("category:", "categry:"),
        where=f"{YAML}:11: sources.cases.0.columns.categry",
        what="is no column of cases",
        remedy='Did you mean "category"?',
        code=2,
    ),
    Bad(
        "a column that the contract needs and nobody maps",
        house("        opened_at: opened\n", ""),
        where=f"{YAML}:8: sources.cases.0.columns",
        what='cases needs "opened_at"',
        remedy="Map it.",
        code=2,
    ),
    Bad(
        "a column that the source does not have",
        house("case_id: id", "case_id: idd"),
        where="cases in data/cases.csv",
        what='case_id: the source has no column "idd"',
        remedy='Did you mean "id"?',
    ),
    Bad(
        "a column in other capitals",
        house("case_id: id", "case_id: ID"),
        where="cases in data/cases.csv",
        what='case_id: the source has no column "ID"',
        remedy='Did you mean "id"?',
    ),
    Bad(
        "a client's column that the source does not have",
        house("column: who", "column: whom"),
        where="cases in data/cases.csv",
        what='client: the source has no column "whom"',
        remedy='Did you mean "who"?',
    ),
    Bad(
        "a key of a source that is misspelt",
        house("cutoff:", "cutof:"),
        where=f"{YAML}:6: sources.cases.0.cutof",
        what="unknown key",
        remedy='Did you mean "cutoff"?',
        code=2,
        messages=2,
    ),
    Bad(
        "a client's folder that does not exist",
        house("A: acme", "A: acne"),
        where=f"{YAML}:7: sources.cases.0.client.keys.A",
        what='"acne" has no folder under params/',
        remedy='Did you mean "acme"?',
        code=2,
    ),
    Bad(
        "one client for all rows, without a folder",
        house(CLIENT, "client: {constant: zenith}"),
        where=f"{YAML}:7: sources.cases.0.client.constant",
        what='"zenith" has no folder under params/',
        remedy="Valid: acme, borealis.",
        code=2,
    ),
    Bad(
        "an id that stands for two clients",
        house("A: acme, B: borealis", "A: acme, A: borealis"),
        where=f"{YAML}:7: sources.cases.0.client.keys.A",
        what="stands twice",
        remedy="Remove one of them.",
        code=2,
    ),
]

SHAPES = [
    Bad(
        "a column and a constant at once",
        column("{column: what, constant: late}"),
        where=f"{YAML}:11: sources.cases.0.columns.category",
        what="needs exactly one of column, constant and expression",
        remedy="It has column, constant.",
        code=2,
    ),
    Bad(
        "neither column nor constant",
        column('{format: "%d.%m.%Y"}'),
        where=f"{YAML}:11: sources.cases.0.columns.category",
        what="needs exactly one of column, constant and expression",
        remedy="It has none.",
        code=2,
    ),
    Bad(
        "a column that is a number",
        column("7"),
        where=f"{YAML}:11: sources.cases.0.columns.category",
        what="7 is not",
        remedy="Write",
        code=2,
    ),
    Bad(
        "columns as a list",
        house(
            "columns:\n        case_id: id\n        opened_at: opened\n        category: what",
            "columns: [id, opened, what]",
        ),
        where=f"{YAML}:8: sources.cases.0.columns",
        what="is not a mapping",
        remedy="Write it as key: value pairs",
        code=2,
    ),
    Bad(
        "no client at all",
        house(f"      {CLIENT}\n", ""),
        where=f"{YAML}:5: sources.cases.0.client",
        what="is missing",
        remedy="Add it.",
        code=2,
    ),
    Bad(
        "a client's column and one client for all",
        house("column: who,", "column: who, constant: acme,"),
        where=f"{YAML}:7: sources.cases.0.client",
        what="needs either column or constant",
        remedy="Give one of them.",
        code=2,
    ),
    Bad(
        "a source without a file",
        house("file: data/cases.csv", "name: Cases"),
        where=f"{YAML}:5: sources.cases.0",
        what="needs either file, files or url",
        remedy="Give one of them.",
        code=2,
    ),
    Bad(
        "a single source where a list is wanted",
        put(YAML, HOUSE.replace("    - file", "      file")),
        where=f"{YAML}:4: sources.cases",
        what="is not a list",
        remedy="one to a line after a dash",
        code=2,
    ),
    Bad(
        "a table of a CSV file",
        added("table: cases"),
        where=f"{YAML}:7: sources.cases.0.table",
        what="a csv file takes no table",
        remedy="Leave it out",
        code=2,
    ),
    Bad(
        "several files without a query",
        house("file: data/cases.csv", "files: {a: data/cases.csv}"),
        where=f"{YAML}:5: sources.cases.0.files",
        what="several files need a query",
        remedy="Add query.",
        code=2,
    ),
    Bad(
        "a password in the file",
        house(
            "file: data/cases.csv", "url: postgresql://reader:hunter2@erp/wms\n      table: cases"
        ),
        where=f"{YAML}:5: sources.cases.0.url",
        what="a password stands in the file",
        remedy="Take it from the environment",
        code=2,
    ),
    Bad(
        "a variable of the environment that is not set",
        house(
            "file: data/cases.csv",
            'url: "postgresql://reader:${NO_SUCH_REVIEWKIT_VARIABLE}@erp/wms"\n      table: cases',
        ),
        where="cases in ",
        what="NO_SUCH_REVIEWKIT_VARIABLE",
        remedy="Set",
    ),
    Bad(
        "a database of a kind that we do not read",
        house("file: data/cases.csv", 'url: "oracle://erp/wms"\n      table: cases'),
        where="cases in ",
        what="oracle",
        remedy="Install its driver",
    ),
]

TIMES = [
    Bad(
        "a cut-off without an offset",
        house("18:00:00+02:00", "18:00:00"),
        where=f"{YAML}:6: sources.cases.0.cutoff",
        what="has no offset from UTC",
        remedy="Write it as 2026-10-06T18:00:00+02:00.",
        code=2,
    ),
    Bad(
        "a cut-off without dashes",
        house("2026-10-06T18:00:00+02:00", "20261006"),
        where=f"{YAML}:6: sources.cases.0.cutoff",
        what="lies in 1970",
        remedy="Write it as 2026-10-06T18:00:00+02:00.",
        code=2,
    ),
    Bad(
        "a cut-off at an hour that no day has",
        house("T18:00:00", "T25:00:00"),
        where=f"{YAML}:6: sources.cases.0.cutoff",
        what="is not a moment",
        remedy="Write it as 2026-10-06T18:00:00+02:00.",
        code=2,
    ),
    Bad(
        "a cut-off with an offset of 99 hours",
        house("+02:00", "+99:00"),
        where=f"{YAML}:6: sources.cases.0.cutoff",
        what="is not a moment",
        remedy="Write it as 2026-10-06T18:00:00+02:00.",
        code=2,
    ),
    Bad(
        "a time zone that is misspelt",
        added("timezone: Europe/Berln"),
        where=f"{YAML}:7: sources.cases.0.timezone",
        what='"Europe/Berln" is not a time zone',
        remedy='Did you mean "Europe/Berlin"?',
        code=2,
    ),
    Bad(
        "a time zone as an abbreviation",
        added("timezone: CEST"),
        where=f"{YAML}:7: sources.cases.0.timezone",
        what='"CEST" is not a time zone',
        remedy='Did you mean "EST"?',
        code=2,
    ),
    Bad(
        "a format with a directive that does not exist",
        house("opened_at: opened", 'opened_at: {column: opened, format: "%d.%m.%Q"}'),
        where="cases in data/cases.csv",
        what='opened_at: "%d.%m.%Q" is not a date format',
        remedy="Write it with strptime directives",
    ),
    Bad(
        "a format without a per cent sign",
        house("opened_at: opened", "opened_at: {column: opened, format: DD.MM.YYYY}"),
        where="cases in data/cases.csv",
        what='opened_at: "DD.MM.YYYY" is not a date format',
        remedy="Write it with strptime directives",
    ),
]

MAPPINGS = [*NAMES, *SHAPES, *TIMES]
