"""Parameters of a client, a review or the house that cannot be meant."""

from __future__ import annotations

from itertools import pairwise

from bad_case import CLIENT, HOUSE, Bad, Change, client, put, together

ACME = "params/acme/client.yaml"
CONTRACT = "params/acme/contract.yaml"
PLAN = "params/acme/plan.yaml"
FACTS = "params/acme/2026Q3.yaml"
WORDS = "params/acme/2026Q3.md"
HOUSE_YAML = "params/house.yaml"
DATE = "Write it as 2026-09-30."
NUMBER = "Write it as 0.95."


def bomb() -> str:
    """Return nine lines whose aliases stand for a thousand million values."""
    letters = "abcdefghij"
    first = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    return first + "".join(
        f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]\n" for before, now in pairwise(letters)
    )


def target(text: str) -> Change:
    """Give acme one target, in line 4 of client.yaml."""
    return client(f"targets: {{otif: [{text}]}}")


def bad(name: str, change: Change, where: str, what: str, remedy: str, messages: int = 1) -> Bad:
    """A mistake under params/: it ends with 2, whatever is run."""
    return Bad(name, change, where=where, what=what, remedy=remedy, code=2, messages=messages)


YAML = [
    bad("aliases that blow up", client(bomb()), ACME, "too many values", "Write out"),
    bad(
        "an alias of itself",
        client("brand: &b {accent: *b}"),
        f"{ACME}:4",
        "holds itself",
        "Remove",
    ),
    bad("an alias of nothing", client("brand: *house"), f"{ACME}:4", "alias", "quotes"),
    bad("tabs to indent", client("brand:\n\taccent: x"), f"{ACME}:5", "not valid YAML", "tabs"),
    bad("a key twice", client("name: Again"), f"{ACME}:4: name", "stands twice", "Remove one"),
    bad(
        "a quote that is never closed",
        client('locale: "en-GB'),
        f"{ACME}:4",
        "not valid YAML",
        "A quote is not closed.",
    ),
    bad(
        "a colon within a text",
        client("account_manager: Dana: Example"),
        f"{ACME}:4",
        "not valid YAML",
        'Put a text that holds ": " in quotes.',
    ),
    bad(
        "keys that do not stand below each other",
        client("brand:\n    accent: x\n  other: y"),
        f"{ACME}:6",
        "not valid YAML",
        "begin in the same column",
    ),
    bad("two documents", client("---\nname: B"), f"{ACME}:4", "not valid YAML", "three dashes"),
    bad(
        "a tag that would run code",
        client('locale: !!python/object/apply:os.system ["true"]'),
        f"{ACME}:4: locale",
        "is not allowed",
        "Remove it.",
    ),
    bad(
        "five thousand brackets",
        client(f"reports: {'[' * 5000}{']' * 5000}"),
        ACME,
        "nests too deep",
        "Is a bracket",
    ),
    bad(
        "a list in place of keys",
        put(ACME, "- name: Acme\n- currency: EUR\n"),
        f"{ACME}:1",
        "must hold keys and values",
        "Write it as key: value",
    ),
    bad("a null byte", client("locale: en\0GB"), f"{ACME}:4", "null byte", "Save the file"),
    bad(
        "a colour of the terminal",
        client("locale: \x1b[31m"),
        f"{ACME}:4",
        "control character (U+001B)",
        "Save the file",
    ),
    bad("2 MB of comment", client(f"# {'x' * 2_000_000}"), ACME, "larger than 1 MB", "Is it data?"),
    bad(
        "an empty file of a client",
        put(ACME, ""),
        f"{ACME}:1: currency",
        "is missing",
        "Add it.",
        messages=2,
    ),
    bad("an empty house", put(HOUSE_YAML, ""), f"{HOUSE_YAML}:1: name", "is missing", "Add it."),
]

NUMBERS = [
    bad(
        "a whole number of five thousand digits",
        client(f"fiscal_year_start: {'9' * 5000}"),
        f"{ACME}:4: fiscal_year_start",
        "is a whole number of 5000 digits",
        "Put it in quotes if it is a text.",
    ),
    bad(
        "a month that no year has",
        client("fiscal_year_start: 13"),
        f"{ACME}:4: fiscal_year_start",
        "at most 12",
        "within its bounds",
    ),
    bad(
        "a month in words",
        client("fiscal_year_start: april"),
        f"{ACME}:4: fiscal_year_start",
        "not a whole number",
        "Write it as 12.",
    ),
    bad(
        "a target that is no number",
        target("{value: .nan}"),
        f"{ACME}:4: targets.otif.0.value",
        "is not a number",
        NUMBER,
    ),
    bad(
        "a target without end",
        target("{value: .inf}"),
        f"{ACME}:4: targets.otif.0.value",
        "is not a number",
        NUMBER,
    ),
    bad(
        "a target with a comma",
        target('{value: "0,95"}'),
        f"{ACME}:4: targets.otif.0.value",
        '"0,95" is not a number',
        NUMBER,
    ),
    bad(
        "a target in per cent",
        target("{value: 95%}"),
        f"{ACME}:4: targets.otif.0.value",
        '"95%" is not a number',
        NUMBER,
    ),
    bad(
        "a tolerance below nothing",
        target("{value: 0.9, tolerance: -0.1}"),
        f"{ACME}:4: targets.otif.0.tolerance",
        "at least 0",
        "within its bounds",
    ),
    bad(
        "a target of a metric that does not exist",
        client("targets: {otiff: [{value: 0.9}]}"),
        f"{ACME}:4: targets.otiff",
        '"otiff" is no metric',
        'Did you mean "otif"?',
    ),
    bad(
        "a target without a value",
        target("{since: 2026-01-01}"),
        f"{ACME}:4: targets.otif.0.value",
        "is missing",
        "Add it.",
    ),
    bad(
        "a notice of fewer days than none",
        put(CONTRACT, "notice_days: -30\n"),
        f"{CONTRACT}:1: notice_days",
        "at least 0",
        "within its bounds",
    ),
    bad(
        "a service level of a metric that does not exist",
        put(CONTRACT, "slas:\n  - {metric: on_time, target: 0.9}\n"),
        f"{CONTRACT}:2: slas.0.metric",
        '"on_time" is no metric',
        "Did you mean",
    ),
]

DATES = [
    bad(
        "the thirtieth of February",
        put(FACTS, "meeting: 2026-02-30\n"),
        f"{FACTS}:1: meeting",
        '"2026-02-30" is not a date',
        DATE,
    ),
    bad(
        "the 29th of February of a year without one",
        put(CONTRACT, "start: 2023-02-29\n"),
        f"{CONTRACT}:1: start",
        '"2023-02-29" is not a date',
        DATE,
    ),
    bad(
        "a year of two digits",
        put(FACTS, "meeting: 20-10-26\n"),
        f"{FACTS}:1: meeting",
        '"20-10-26" is not a date',
        DATE,
    ),
    bad(
        "the day before the month",
        put(FACTS, "meeting: 20.10.2026\n"),
        f"{FACTS}:1: meeting",
        '"20.10.2026" is not a date',
        DATE,
    ),
    bad(
        "a date without dashes",
        put(FACTS, "meeting: 20261020\n"),
        f"{FACTS}:1: meeting",
        "is not a date",
        DATE,
    ),
    bad(
        "a date with a time",
        put(FACTS, "meeting: 2026-10-20 14:00:00\n"),
        f"{FACTS}:1: meeting",
        "is not a date",
        DATE,
    ),
    bad(
        "a contract that ends before it starts",
        put(CONTRACT, "start: 2026-01-01\nend: 2025-12-31\n"),
        f"{CONTRACT}:2: end",
        "lies before the start",
        "Check both dates.",
    ),
    bad(
        "a target since no day",
        target("{value: 0.9, since: soon}"),
        f"{ACME}:4: targets.otif.0.since",
        '"soon" is not a date',
        DATE,
    ),
    bad(
        "an event on the 31st of June",
        put(FACTS, "events:\n  - {date: 2026-06-31, title: Move}\n"),
        f"{FACTS}:2: events.0.date",
        '"2026-06-31" is not a date',
        DATE,
    ),
]

WORDS_AND_NAMES = [
    bad(
        "a currency in small letters",
        put(ACME, CLIENT.replace("EUR", "eur")),
        f"{ACME}:2: currency",
        "does not have the form asked for",
        "Write it as EUR.",
    ),
    bad(
        "a currency that nobody has",
        put(ACME, CLIENT.replace("EUR", "EUX")),
        f"{ACME}:2: currency",
        '"EUX" is not a currency',
        "Did you mean",
    ),
    bad(
        "a currency as a sign",
        put(ACME, CLIENT.replace("EUR", "€")),
        f"{ACME}:2: currency",
        "does not have the form asked for",
        "Write it as EUR.",
    ),
    bad(
        "a locale in words", client("locale: english"), f"{ACME}:4: locale", "not a locale", "en-GB"
    ),
    bad(
        "a time zone that is misspelt",
        client("timezone: Europe/Amsterdm"),
        f"{ACME}:4: timezone",
        "is not a time zone",
        'Did you mean "Europe/Amsterdam"?',
    ),
    bad(
        "a colour by its name",
        client("brand: {accent: blue}"),
        f"{ACME}:4: brand.accent",
        "does not have the form asked for",
        '"#1B4B8F"',
    ),
    bad(
        "a colour without quotes, which is a comment",
        client("brand: {accent: #1B4B8F}"),
        f"{ACME}:",
        "not valid YAML",
        "quotes",
    ),
    bad(
        "an e-mail address without a dot",
        client("contacts: [{name: A, email: a@client}]"),
        f"{ACME}:4: contacts.0.email",
        "is not an e-mail address",
        "name@client.example",
    ),
    bad(
        "two addresses in one",
        client('contacts: [{name: A, email: "a@c.example, b@c.example"}]'),
        f"{ACME}:4: contacts.0.email",
        "is not an e-mail address",
        "name@client.example",
    ),
    bad(
        "a header smuggled into an address",
        client('contacts: [{name: A, email: "a@c.example\\nBcc: x@y.example"}]'),
        f"{ACME}:4: contacts.0.email",
        "is not an e-mail address",
        "name@client.example",
    ),
    bad(
        "a contact who receives reports but has no address",
        client("contacts: [{name: A, receives: [small]}]"),
        f"{ACME}:4: contacts.0",
        "has no email",
        "Add email.",
    ),
    bad(
        "a key that is misspelt",
        client("curency: EUR"),
        f"{ACME}:4: curency",
        "unknown key",
        'Did you mean "currency"?',
    ),
    bad(
        "reports as one word",
        put(ACME, CLIENT.replace("[small]", "small")),
        f"{ACME}:3: reports",
        "is not a list",
        "[a, b]",
    ),
    bad(
        "a name that is blank",
        put(ACME, CLIENT.replace("Acme", '" "')),
        f"{ACME}:1: name",
        "is empty",
        "Give the name",
    ),
    bad(
        "a name on two lines",
        put(ACME, CLIENT.replace("Acme", '"Acme\\nBcc: x"')),
        f"{ACME}:1: name",
        "line break",
        "Write it on one line.",
    ),
    bad(
        "a name that turns the line around",
        put(ACME, CLIENT.replace("Acme", '"Acme \\u202Egnitseuqer"')),
        f"{ACME}:1: name",
        "turns the direction of writing (U+202E)",
        "Write it again without it.",
    ),
    bad(
        "a table that may not be shared",
        client("shares: [budgets]"),
        f"{ACME}:4: shares.0",
        "is no internal table that may be shared",
        'Did you mean "budget"?',
    ),
    bad(
        "an audience that does not exist",
        put(PLAN, "objectives:\n  - {title: Grow, audience: internl}\n"),
        f"{PLAN}:2: objectives.0.audience",
        "'client' or 'internal'",
        "is not one of",
    ),
    bad(
        "paper of a size that we do not cut",
        client("paper: a3"),
        f"{ACME}:4: paper",
        "is not one of 'a4' or 'letter'",
        "one of",
    ),
]

FILES = [
    bad(
        "a file of a client that is misspelt",
        put("params/acme/contrakt.yaml", "start: 2024-01-01\n"),
        "params/acme/contrakt.yaml",
        "is no file of a client",
        'Did you mean "contract.yaml"?',
    ),
    bad(
        "a fifth quarter",
        put("params/acme/2026Q5.yaml", "meeting: 2026-10-20\n"),
        "params/acme/2026Q5.yaml",
        "is no file of a client",
        "Did you mean",
    ),
    bad(
        "a period of words that is none",
        put("params/acme/2026-13.md", "## Delivery\nGood.\n"),
        "params/acme/2026-13.md",
        "is no file of a client",
        "Did you mean",
    ),
    bad(
        "a folder of a client in capitals",
        put("params/Zenith/client.yaml", CLIENT),
        "params/Zenith",
        "small letters, digits and single hyphens",
        'Name it "zenith"',
    ),
    bad(
        "a folder of a client that make knows",
        put("params/check/client.yaml", CLIENT),
        "params/check",
        "is the name of a make target",
        'Name it "check-client"',
    ),
    bad(
        "a folder of a client in letters of another script",
        put("params/acmé/client.yaml", CLIENT),
        "params/acmé",
        "small letters, digits and single hyphens",
        'Name it "acm"',
    ),
    bad(
        "a client without client.yaml",
        lambda root: (root / ACME).unlink(),
        f"{ACME}",
        "is missing",
        "reviewkit new CLIENT",
    ),
    bad(
        "a folder called client.yaml",
        together(lambda root: (root / ACME).unlink(), lambda root: (root / ACME).mkdir()),
        f"{ACME}",
        "is a folder",
        "write a file of that name",
    ),
    bad(
        "words before the first heading",
        put(WORDS, "A steady quarter.\n## Delivery\nGood.\n"),
        f"{WORDS}:1",
        "text before the first heading",
        "##",
    ),
    bad(
        "a heading of the house that is misspelt",
        put(WORDS, "## Margin (internl)\nThin.\n"),
        f"{WORDS}:1",
        "internl",
        'Write "(internal)"',
    ),
    bad(
        "a heading twice",
        put(WORDS, "## Delivery\nGood.\n## Delivery\nBad.\n"),
        f"{WORDS}:3",
        "stands twice",
        "one",
    ),
    bad(
        "a house in which everything is text",
        put(HOUSE_YAML, HOUSE + "minimum_n: thirty\n"),
        f"{HOUSE_YAML}:12: minimum_n",
        "is not a whole number",
        "Write it as 12.",
    ),
]

PARAMS = [*YAML, *NUMBERS, *DATES, *WORDS_AND_NAMES, *FILES]
