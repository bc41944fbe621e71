"""Files under params/ that are no YAML, not in their place, or not words for a review."""

from __future__ import annotations

from itertools import pairwise

from bad_case import CLIENT, HOUSE, client, mistaken, put, together

ACME = "params/acme/client.yaml"
WORDS = "params/acme/2026Q3.md"
HOUSE_YAML = "params/house.yaml"


def bomb() -> str:
    """Return nine lines whose aliases stand for a thousand million values."""
    letters = "abcdefghij"
    first = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    return first + "".join(
        f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]\n" for before, now in pairwise(letters)
    )


YAML = [
    mistaken("aliases that blow up", client(bomb()), ACME, "too many values", "Write out"),
    mistaken(
        "an alias of itself",
        client("brand: &b {accent: *b}"),
        f"{ACME}:4",
        "holds itself",
        "Remove",
    ),
    mistaken("an alias of nothing", client("brand: *house"), f"{ACME}:4", "alias", "quotes"),
    mistaken(
        "tabs to indent", client("brand:\n\taccent: x"), f"{ACME}:5", "not valid YAML", "tabs"
    ),
    mistaken("a key twice", client("name: Again"), f"{ACME}:4: name", "stands twice", "Remove one"),
    mistaken(
        "a quote that is never closed",
        client('locale: "en-GB'),
        f"{ACME}:4",
        "not valid YAML",
        "A quote is not closed.",
    ),
    mistaken(
        "a colon within a text",
        client("account_manager: Dana: Example"),
        f"{ACME}:4",
        "not valid YAML",
        'Put a text that holds ": " in quotes.',
    ),
    mistaken(
        "keys that do not stand below each other",
        client("brand:\n    accent: x\n  other: y"),
        f"{ACME}:6",
        "not valid YAML",
        "begin in the same column",
    ),
    mistaken(
        "two documents", client("---\nname: B"), f"{ACME}:4", "not valid YAML", "three dashes"
    ),
    mistaken(
        "a tag that would run code",
        client('locale: !!python/object/apply:os.system ["true"]'),
        f"{ACME}:4: locale",
        "is not allowed",
        "Remove it.",
    ),
    mistaken(
        "hundreds of brackets",
        client(f"reports: {'[' * 600}{']' * 600}"),
        ACME,
        "nests too deep",
        "Is a bracket",
    ),
    mistaken(
        "a list in place of keys",
        put(ACME, "- name: Acme\n- currency: EUR\n"),
        f"{ACME}:1",
        "must hold keys and values",
        "Write it as key: value",
    ),
    mistaken("a null byte", client("locale: en\0GB"), f"{ACME}:4", "null byte", "Save the file"),
    mistaken(
        "a colour of the terminal",
        client("locale: \x1b[31m"),
        f"{ACME}:4",
        "control character (U+001B)",
        "Save the file",
    ),
    mistaken(
        "2 MB of comment", client(f"# {'x' * 2_000_000}"), ACME, "larger than 1 MB", "Is it data?"
    ),
    mistaken(
        "an empty file of a client",
        put(ACME, ""),
        f"{ACME}:1: currency",
        "is missing",
        "Add it.",
        messages=2,
    ),
    mistaken(
        "an empty house", put(HOUSE_YAML, ""), f"{HOUSE_YAML}:1: name", "is missing", "Add it."
    ),
]

FILES = [
    mistaken(
        "a file of a client that is misspelt",
        put("params/acme/contrakt.yaml", "start: 2024-01-01\n"),
        "params/acme/contrakt.yaml",
        "is no file of a client",
        'Did you mean "contract.yaml"?',
    ),
    mistaken(
        "a fifth quarter",
        put("params/acme/2026Q5.yaml", "meeting: 2026-10-20\n"),
        "params/acme/2026Q5.yaml",
        "is no file of a client",
        "Did you mean",
    ),
    mistaken(
        "a period of words that is none",
        put("params/acme/2026-13.md", "## Delivery\nGood.\n"),
        "params/acme/2026-13.md",
        "is no file of a client",
        "Did you mean",
    ),
    mistaken(
        "a folder of a client in capitals",
        put("params/Zenith/client.yaml", CLIENT),
        "params/Zenith",
        "small letters, digits and single hyphens",
        'Name it "zenith"',
    ),
    mistaken(
        "a folder of a client that make knows",
        put("params/check/client.yaml", CLIENT),
        "params/check",
        "is the name of a make target",
        'Name it "check-client"',
    ),
    mistaken(
        "a folder of a client in letters of another script",
        put("params/acmé/client.yaml", CLIENT),
        "params/acmé",
        "small letters, digits and single hyphens",
        'Name it "acm"',
    ),
    mistaken(
        "a client without client.yaml",
        lambda root: (root / ACME).unlink(),
        f"{ACME}",
        "is missing",
        "reviewkit new CLIENT",
    ),
    mistaken(
        "a folder called client.yaml",
        together(lambda root: (root / ACME).unlink(), lambda root: (root / ACME).mkdir()),
        f"{ACME}",
        "is a folder",
        "write a file of that name",
    ),
    mistaken(
        "words before the first heading",
        put(WORDS, "A steady quarter.\n## Delivery\nGood.\n"),
        f"{WORDS}:1",
        "text before the first heading",
        "##",
    ),
    mistaken(
        "a heading of the house that is misspelt",
        put(WORDS, "## Margin (internl)\nThin.\n"),
        f"{WORDS}:1",
        "internl",
        'Write "(internal)"',
    ),
    mistaken(
        "a heading twice",
        put(WORDS, "## Delivery\nGood.\n## Delivery\nBad.\n"),
        f"{WORDS}:3",
        "stands twice",
        "one",
    ),
    mistaken(
        "a house in which everything is text",
        put(HOUSE_YAML, HOUSE + "minimum_n: thirty\n"),
        f"{HOUSE_YAML}:12: minimum_n",
        "is not a whole number",
        "Write it as 12.",
    ),
]

YAML_FILES = [*YAML, *FILES]
