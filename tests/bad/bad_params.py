"""Parameters of a client, a review or the house that cannot be meant."""

from __future__ import annotations

from bad_case import CLIENT, Change, client, mistaken, put

ACME = "params/acme/client.yaml"
CONTRACT = "params/acme/contract.yaml"
PLAN = "params/acme/plan.yaml"
NUMBER = "Write it as 0.95."


def target(text: str) -> Change:
    """Give acme one target, in line 4 of client.yaml."""
    return client(f"targets: {{otif: [{text}]}}")


NUMBERS = [
    mistaken(
        "a whole number of five thousand digits",
        client(f"fiscal_year_start: {'9' * 5000}"),
        f"{ACME}:4: fiscal_year_start",
        "is a whole number of 5000 digits",
        "Put it in quotes if it is a text.",
    ),
    mistaken(
        "a month that no year has",
        client("fiscal_year_start: 13"),
        f"{ACME}:4: fiscal_year_start",
        "at most 12",
        "within its bounds",
    ),
    mistaken(
        "a month in words",
        client("fiscal_year_start: april"),
        f"{ACME}:4: fiscal_year_start",
        "not a whole number",
        "Write it as 12.",
    ),
    mistaken(
        "a target that is no number",
        target("{value: .nan}"),
        f"{ACME}:4: targets.otif.0.value",
        "is not a number",
        NUMBER,
    ),
    mistaken(
        "a target without end",
        target("{value: .inf}"),
        f"{ACME}:4: targets.otif.0.value",
        "is not a number",
        NUMBER,
    ),
    mistaken(
        "a target with a comma",
        target('{value: "0,95"}'),
        f"{ACME}:4: targets.otif.0.value",
        '"0,95" is not a number',
        NUMBER,
    ),
    mistaken(
        "a target in per cent",
        target("{value: 95%}"),
        f"{ACME}:4: targets.otif.0.value",
        '"95%" is not a number',
        NUMBER,
    ),
    mistaken(
        "a tolerance below nothing",
        target("{value: 0.9, tolerance: -0.1}"),
        f"{ACME}:4: targets.otif.0.tolerance",
        "at least 0",
        "within its bounds",
    ),
    mistaken(
        "a target of a metric that does not exist",
        client("targets: {otiff: [{value: 0.9}]}"),
        f"{ACME}:4: targets.otiff",
        '"otiff" is no metric',
        'Did you mean "otif"?',
    ),
    mistaken(
        "a target without a value",
        target("{since: 2026-01-01}"),
        f"{ACME}:4: targets.otif.0.value",
        "is missing",
        "Add it.",
    ),
    mistaken(
        "a notice of fewer days than none",
        put(CONTRACT, "notice_days: -30\n"),
        f"{CONTRACT}:1: notice_days",
        "at least 0",
        "within its bounds",
    ),
    mistaken(
        "a service level of a metric that does not exist",
        put(CONTRACT, "slas:\n  - {metric: on_time, target: 0.9}\n"),
        f"{CONTRACT}:2: slas.0.metric",
        '"on_time" is no metric',
        "Did you mean",
    ),
]

WORDS_AND_NAMES = [
    mistaken(
        "a currency in small letters",
        put(ACME, CLIENT.replace("EUR", "eur")),
        f"{ACME}:2: currency",
        "does not have the form asked for",
        "Write it as EUR.",
    ),
    mistaken(
        "a currency that nobody has",
        put(ACME, CLIENT.replace("EUR", "EUX")),
        f"{ACME}:2: currency",
        '"EUX" is not a currency',
        "Did you mean",
    ),
    mistaken(
        "a currency as a sign",
        put(ACME, CLIENT.replace("EUR", "€")),
        f"{ACME}:2: currency",
        "does not have the form asked for",
        "Write it as EUR.",
    ),
    mistaken(
        "a locale in words", client("locale: english"), f"{ACME}:4: locale", "not a locale", "en-GB"
    ),
    mistaken(
        "a time zone that is misspelt",
        client("timezone: Europe/Amsterdm"),
        f"{ACME}:4: timezone",
        "is not a time zone",
        'Did you mean "Europe/Amsterdam"?',
    ),
    mistaken(
        "a colour by its name",
        client("brand: {accent: blue}"),
        f"{ACME}:4: brand.accent",
        "does not have the form asked for",
        '"#1B4B8F"',
    ),
    mistaken(
        "a colour without quotes, which is a comment",
        client("brand: {accent: #1B4B8F}"),
        f"{ACME}:",
        "not valid YAML",
        "quotes",
    ),
    mistaken(
        "an e-mail address without a dot",
        client("contacts: [{name: A, email: a@client}]"),
        f"{ACME}:4: contacts.0.email",
        "is not an e-mail address",
        "name@client.example",
    ),
    mistaken(
        "two addresses in one",
        client('contacts: [{name: A, email: "a@c.example, b@c.example"}]'),
        f"{ACME}:4: contacts.0.email",
        "is not an e-mail address",
        "name@client.example",
    ),
    mistaken(
        "a header smuggled into an address",
        client('contacts: [{name: A, email: "a@c.example\\nBcc: x@y.example"}]'),
        f"{ACME}:4: contacts.0.email",
        "is not an e-mail address",
        "name@client.example",
    ),
    mistaken(
        "a contact who receives reports but has no address",
        client("contacts: [{name: A, receives: [small]}]"),
        f"{ACME}:4: contacts.0",
        "has no email",
        "Add email.",
    ),
    mistaken(
        "a key that is misspelt",
        client("curency: EUR"),
        f"{ACME}:4: curency",
        "unknown key",
        'Did you mean "currency"?',
    ),
    mistaken(
        "reports as one word",
        put(ACME, CLIENT.replace("[small]", "small")),
        f"{ACME}:3: reports",
        "is not a list",
        "[a, b]",
    ),
    mistaken(
        "a name that is blank",
        put(ACME, CLIENT.replace("Acme", '" "')),
        f"{ACME}:1: name",
        "is empty",
        "Give the name",
    ),
    mistaken(
        "a name on two lines",
        put(ACME, CLIENT.replace("Acme", '"Acme\\nBcc: x"')),
        f"{ACME}:1: name",
        "line break",
        "Write it on one line.",
    ),
    mistaken(
        "a name that turns the line around",
        put(ACME, CLIENT.replace("Acme", '"Acme \\u202Egnitseuqer"')),
        f"{ACME}:1: name",
        "turns the direction of writing (U+202E)",
        "Write it again without it.",
    ),
    mistaken(
        "a table that may not be shared",
        client("shares: [budgets]"),
        f"{ACME}:4: shares.0",
        "is no internal table that may be shared",
        'Did you mean "budget"?',
    ),
    mistaken(
        "an audience that does not exist",
        put(PLAN, "objectives:\n  - {title: Grow, audience: internl}\n"),
        f"{PLAN}:2: objectives.0.audience",
        "'client' or 'internal'",
        "is not one of",
    ),
    mistaken(
        "paper of a size that we do not cut",
        client("paper: a3"),
        f"{ACME}:4: paper",
        "is not one of 'a4' or 'letter'",
        "one of",
    ),
]

PARAMS = [*NUMBERS, *WORDS_AND_NAMES]
