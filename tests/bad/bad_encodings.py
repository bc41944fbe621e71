"""Text in another encoding than it says, or in several at once."""

from __future__ import annotations

from bad_case import CLIENT, ROWS, Bad, Change, house, put, together

DATA = "data/cases.csv"
ACCENTS = ROWS.replace("damage", "Überfällig – 10 €")
NOT_UTF8 = "not utf-8 text"
ENCODING = "Set csv: {encoding: cp1252}"


def declared(encoding: str) -> Change:
    """Say in house.yaml how the file is encoded."""
    return house("data/cases.csv", f'data/cases.csv\n      csv: {{encoding: "{encoding}"}}')


ENCODINGS = [
    Bad(
        "Windows letters that are said to be UTF-8",
        put(DATA, ACCENTS.encode("cp1252")),
        where="cases.csv, line 3",
        what=NOT_UTF8,
        remedy=ENCODING,
    ),
    Bad(
        "accents in the header",
        put(DATA, ROWS.replace("what", "Gründe").encode("latin-1")),
        where="cases.csv, line 1",
        what=NOT_UTF8,
        remedy=ENCODING,
    ),
    Bad(
        "two encodings in one file",
        put(DATA, ACCENTS.encode() + "C3,A,2026-09-03,später\n".encode("cp1252")),
        where="cases.csv, line 4",
        what=NOT_UTF8,
        remedy=ENCODING,
    ),
    Bad(
        "a letter cut in two at the end of the file",
        put(DATA, (ROWS + "C3,A,2026-09-03,spä").encode()[:-1]),
        where="cases.csv, line 4",
        what=NOT_UTF8,
        remedy=ENCODING,
    ),
    Bad(
        "UTF-16 with a mark that is said to be UTF-8",
        put(DATA, ACCENTS.encode("utf-16")),
        where="cases.csv",
        what=NOT_UTF8,
        remedy="Set csv: {encoding: utf-16}.",
    ),
    Bad(
        "UTF-16 without a mark that is said to be UTF-8",
        put(DATA, ROWS.encode("utf-16-le")),
        where="cases.csv",
        what=NOT_UTF8,
        remedy="Set csv: {encoding: utf-16-le}.",
    ),
    Bad(
        "UTF-32 that is said to be UTF-8",
        put(DATA, ROWS.encode("utf-32")),
        where="cases.csv",
        what=NOT_UTF8,
        remedy="Set csv: {encoding: utf-32}.",
    ),
    Bad(
        "half a surrogate pair as UTF-8",
        put(DATA, ROWS.encode() + b"C3,A,2026-09-03,\xed\xa0\x80\n"),
        where="cases.csv, line 4",
        what=NOT_UTF8,
        remedy=ENCODING,
    ),
    Bad(
        "an overlong null as UTF-8",
        put(DATA, ROWS.encode() + b"C3,A,2026-09-03,\xc0\x80\n"),
        where="cases.csv, line 4",
        what=NOT_UTF8,
        remedy=ENCODING,
    ),
    Bad(
        "UTF-8 that is said to be UTF-16",
        together(put(DATA, ROWS + "x"), declared("utf-16-le")),
        where="cases.csv",
        what="not utf-16-le text",
        remedy="or another",
    ),
    Bad(
        "UTF-16 that is cut off within a letter",
        together(put(DATA, ROWS.encode("utf-16")[:-1]), declared("utf-16")),
        where="cases.csv, line 3",
        what="not utf-16 text",
        remedy="or another",
    ),
    Bad(
        "bytes that the encoding does not know",
        together(put(DATA, ROWS.encode() + b"C3,A,2026-09-03,\x81\x8d\n"), declared("cp1252")),
        where="cases.csv, line 4",
        what="not cp1252 text",
        remedy="or another",
    ),
    Bad(
        "an encoding that nobody knows",
        declared("utf-9"),
        where="cases.csv",
        what="no encoding is called utf-9",
        remedy="Try utf-8 or cp1252.",
    ),
    Bad(
        "an encoding that is none of text",
        declared("base64"),
        where="cases.csv",
        what="no encoding is called base64",
        remedy="Try utf-8 or cp1252.",
    ),
    Bad(
        "an encoding that is no name at all",
        declared("utf\\08"),
        where="cases.csv",
        what="no encoding is called",
        remedy="Try utf-8 or cp1252.",
    ),
    Bad(
        "parameters in Windows letters",
        put("params/acme/client.yaml", CLIENT.replace("Acme", "Müller").encode("cp1252")),
        where="params/acme/client.yaml:1",
        what="not UTF-8 text",
        remedy="Save the file as UTF-8.",
        code=2,
    ),
    Bad(
        "parameters in UTF-16",
        put("params/acme/client.yaml", CLIENT.encode("utf-16")),
        where="params/acme/client.yaml:1",
        what="not UTF-8 text",
        remedy="Save the file as UTF-8.",
        code=2,
    ),
    Bad(
        "two encodings in the commentary",
        put("params/acme/2026Q3.md", "## Delivery\nÄ\n".encode() + "später\n".encode("cp1252")),
        where="params/acme/2026Q3.md:3",
        what="not UTF-8 text",
        remedy="Save the file as UTF-8.",
        code=2,
    ),
]
