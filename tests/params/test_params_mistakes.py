"""Each mistake under params/ gives one problem: its file, its line, its key, its remedy."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from reviewkit.errors import ParamsError, Problem, UsageError
from reviewkit.params import RESERVED, find_workspace, load_workspace
from reviewkit.params.models import for_audience

HOUSE = """\
name: House
sources:
  shipments:
    - file: a.csv
      cutoff: 2026-10-06T18:00:00+02:00
      client: {column: who, keys: {A: acme}}
      columns:
        shipment_id: id
        promised_at: {column: due}
"""
CLIENT = "name: Acme\ncurrency: EUR\n"


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write `files` under params/, with a sound house and client beneath them."""
    for name, content in ({"house.yaml": HOUSE, "acme/client.yaml": CLIENT} | files).items():
        path = root / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def problems(root: Path, files: dict[str, str | bytes]) -> list[Problem]:
    with pytest.raises(ParamsError) as caught:
        load_workspace(write(root, files))
    return list(caught.value.problems)


def the_problem(root: Path, files: dict[str, str | bytes]) -> Problem:
    (problem,) = problems(root, files)
    assert problem.what
    assert "\n" not in str(problem)
    assert str(root) not in str(problem)
    return problem


def test_a_sound_workspace_loads(tmp_path: Path) -> None:
    workspace = load_workspace(write(tmp_path, {}))
    assert set(workspace.clients) == {"acme"}
    assert workspace.house.sources["shipments"][0].columns["shipment_id"].column == "id"


@pytest.mark.parametrize(
    ("added", "line", "key", "what", "hint"),
    [
        ("curency: EUR", 3, "curency", "unknown key", 'Did you mean "currency"?'),
        ("fiscal_year_start: april", 3, "fiscal_year_start", "not a whole number", "12"),
        ("fiscal_year_start: 13", 3, "fiscal_year_start", "at most 12", ""),
        ("paper: A4", 3, "paper", "\"A4\" is not one of 'a4' or 'letter'", ""),
        ("brand: {accent: blue}", 3, "brand.accent", "form asked for", '"#1B4B8F"'),
        ("brand: blue", 3, "brand", "not a mapping", "key: value"),
        ("brand:\n  acent: x", 4, "brand.acent", "unknown key", 'Did you mean "accent"?'),
        ("reports: qbr", 3, "reports", "not a list", "[a, b]"),
        ("reports: {a: 1}", 3, "reports", "not a list", "[a, b]"),
        ("reports:\n- qbr\n- 7", 5, "reports.1", "not text", "quotes"),
        ("lead_metrics: [a, b, c, d, e, f, g]", 3, "lead_metrics", "6 entries at most", ""),
        ("targets: [otif]", 3, "targets", "not a mapping", "key: value"),
        ("targets:\n  otif:\n    - value: high", 5, "targets.otif.0.value", "not a number", "0.95"),
        ("targets: {otif: [{value: .inf}]}", 3, "targets.otif.0.value", "not a number", ""),
        ("weights: {otif: -1}", 3, "weights.otif", "", ""),
        ("weights: {otif: much}", 3, "weights.otif", "not a number", ""),
        ("targets: {otif: [{vale: 1}]}", 3, "targets.otif.0", "", ""),
        ("targets: {otif: [{value: 1, since: soon}]}", 3, "targets.otif.0.since", "a date", ""),
        ("timezone: Europe/Amsterdm", 3, "timezone", "not a time zone", '"Europe/Amsterdam"'),
        ("locale: english", 3, "locale", "not a locale", "en-GB"),
        ("contacts: [{name: A, email: a@b}]", 3, "contacts.0.email", "e-mail", "client.example"),
        (
            'contacts: [{name: A, email: "a@c.example\\nBcc: x@y.example"}]',
            3,
            "contacts.0.email",
            "e-mail",
            "",
        ),
        ('contacts: [{name: "A\\nB"}]', 3, "contacts.0.name", "line break", "one line"),
        ("contacts: [{name: A, receives: [qbr]}]", 3, "contacts.0", "no email", "Add email"),
        ("name: Again", 3, "name", "stands twice, first in line 1", "Remove one"),
    ],
)
def test_a_mistake_in_a_clients_file(
    tmp_path: Path, added: str, line: int, key: str, what: str, hint: str
) -> None:
    found = problems(tmp_path, {"acme/client.yaml": f"{CLIENT}{added}\n"})
    if "vale" not in added:
        # A misspelt key of something required is two mistakes: it is missing as well.
        assert len(found) == 1
    assert {(item.path, item.line) for item in found} == {("params/acme/client.yaml", line)}
    assert found[0].key.startswith(key)
    assert what in found[0].what
    assert hint in found[0].hint


@pytest.mark.parametrize(
    ("was", "now", "line", "key", "said"),
    [
        ("name: House", "nome: House", 1, "name", "is missing"),
        ("shipment_id: id", "shipment_id: {colum: id}", 8, "colum", 'Did you mean "column"?'),
        ("{column: due}", "{column: due, fromat: x}", 9, "fromat", 'Did you mean "format"?'),
        ("{column: due}", "{column: due, constant: 1}", 9, "promised_at", "It has column, con"),
        ("{column: due}", "{}", 9, "promised_at", "It has none"),
        ("{column: who,", "{colum: who,", 6, "colum", 'Did you mean "column"?'),
        ("{A: acme}", "{A: amce}", 6, "client.keys.A", 'Did you mean "acme"?'),
        ("column: who, keys: {A: acme}", "constant: amce", 6, "constant", 'Did you mean "acme"?'),
        ("column: who, keys: {A: acme}", "keys: {A: acme}", 6, "client", "column or constant"),
        ("file: a.csv", "name: a", 4, "0", "needs either file, files or url"),
        ("file: a.csv", "files: {a: a.csv}", 4, "files", "need a query"),
        ("+02:00", "", 5, "cutoff", "2026-10-06T18:00:00+02:00"),
        ("2026-10-06T18:00:00+02:00", "20261006", 5, "cutoff", "lies in 1970"),
        ("2026-10-06T18:00:00+02:00", "soon", 5, "cutoff", "is not a moment"),
        ("      client:", "      timezone: CET+1\n      client:", 6, "timezone", "not a time zone"),
        ("      client:", "      kind: ods\n      client:", 6, "kind", "'csv', 'excel'"),
        ("      client:", '      csv: {delimiter: ";;"}\n      client:', 6, "delimiter", "sign"),
        ("      client:", "      table: x\n      query: y\n      client:", 6, "table", "beside"),
    ],
)
def test_a_mistake_in_the_house(
    tmp_path: Path, was: str, now: str, line: int, key: str, said: str
) -> None:
    found = problems(tmp_path, {"house.yaml": HOUSE.replace(was, now, 1)})
    mine = [item for item in found if key in item.key and said in str(item)]
    assert mine, [str(item) for item in found]
    assert (mine[0].path, mine[0].line) == ("params/house.yaml", line)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("- a\n- b\n", 1, "not a list or a single value"),
        ("hello\n", 1, "not a list or a single value"),
        ("name: A\n\tcurrency: EUR\n", 2, "not with tabs"),
        ('currency: EUR\nname: "A\n', 2, "A quote is not closed."),
        ("currency: EUR\nname: A: B\n", 2, "in quotes"),
        ("name: A\n---\nname: B\n", 2, "three dashes"),
        ("name: A\ncurrency: *x\n", 2, "begins with *"),
        ("name: [A\ncurrency: EUR\n", 2, "not valid YAML"),
        ("? [a, b]\n: c\n", 1, "a key must be a single word"),
        ("name: A\x07\n", 1, "control character (U+0007)"),
        ("a: 1\nname: A\0\n", 2, "null byte"),
        ("name: A\nx: \x1b[31m\n", 2, "control character (U+001B)"),
        ("name: Müller\n".encode("latin-1"), 1, "Save the file as UTF-8."),
        (CLIENT.encode("utf-16"), 1, "Save the file as UTF-8."),
        (f"{CLIENT}# {'x' * 10_000_000}", 0, "larger than 1 MB"),
        ("name: &a [*a]\ncurrency: EUR\n", 1, "holds itself"),
        (f"name: {'[' * 5000}{']' * 5000}\n", 1, "nests too deep"),
        ('name: !!python/object/apply:os.system ["touch pwned"]\n', 1, "is not allowed"),
        ("name: !!python/name:os.system x\n", 1, "is not allowed"),
        ("name: !secret A\n", 1, "the tag !secret is not allowed"),
        ("name: !!binary aGVsbG8=\n", 1, "the tag !!binary is not allowed"),
        ("targets: !!set {a, b}\n", 1, "the tag !!set is not allowed"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(
    tmp_path: Path, content: str | bytes, line: int, said: str
) -> None:
    problem = the_problem(tmp_path, {"acme/client.yaml": content})
    assert (problem.path, problem.line) == ("params/acme/client.yaml", line)
    assert said in str(problem)
    assert not (Path.cwd() / "pwned").exists()


def test_aliases_cannot_blow_a_file_up(tmp_path: Path) -> None:
    letters = "abcdefghijkl"
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, now in itertools.pairwise(letters)
    )
    problem = the_problem(tmp_path, {"acme/client.yaml": bomb})
    assert "too many values" in problem.what


def test_a_handful_of_aliases_saves_typing(tmp_path: Path) -> None:
    text = CLIENT + "targets:\n  otif: &goal\n    - {value: 0.9}\n  in_full: *goal\n"
    client = load_workspace(write(tmp_path, {"acme/client.yaml": text})).clients["acme"].client
    assert client.targets["otif"] == client.targets["in_full"]


def test_merged_keys_stand_behind_own_ones(tmp_path: Path) -> None:
    text = CLIENT + (
        "targets:\n  otif:\n    - &goal {value: 0.9, tolerance: 0.01}\n"
        "  in_full:\n    - {<<: *goal, value: 0.8}\n"
    )
    client = load_workspace(write(tmp_path, {"acme/client.yaml": text})).clients["acme"].client
    (goal,) = client.targets["in_full"]
    assert (str(goal.value), str(goal.tolerance)) == ("0.8", "0.01")


@pytest.mark.parametrize(
    "key", ["00042", "10042", "12347.0", "yes", "true", "2026-01-01", "~", "0x10", "1e3", "Val2 "]
)
def test_an_id_among_the_keys_is_the_text_that_is_written(tmp_path: Path, key: str) -> None:
    written = f'"{key}"' if key.endswith(" ") else key
    house = HOUSE.replace("{A: acme}", f"{{{written}: acme}}")
    workspace = load_workspace(write(tmp_path, {"house.yaml": house}))
    assert workspace.house.sources["shipments"][0].client.keys == {key: "acme"}


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    write(tmp_path, {"acme/client.yaml": b"\xef\xbb\xbf" + CLIENT.replace("\n", "\r\n").encode()})
    assert load_workspace(tmp_path).clients["acme"].client.name == "Acme"


def test_all_problems_of_all_files_come_together_in_their_order(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {
            "house.yaml": HOUSE + "papper: a4\n",
            "acme/client.yaml": CLIENT + "curency: EUR\nreports: qbr\n",
            "acme/contract.yaml": "slas:\n  - {metric: otif}\n",
            "acme/plan.yaml": "swot: {strength: []}\n",
            "acme/2026Q3.yaml": "metting: 2026-10-10\n",
            "acme/2026Q3.md": "no heading\n",
            "borealis/client.yaml": "name: B\n",
        },
    )
    assert [(item.path, item.line, item.key) for item in found] == [
        ("params/acme/2026Q3.md", 1, ""),
        ("params/acme/2026Q3.yaml", 1, "metting"),
        ("params/acme/client.yaml", 3, "curency"),
        ("params/acme/client.yaml", 4, "reports"),
        ("params/acme/contract.yaml", 2, "slas.0.target"),
        ("params/acme/plan.yaml", 1, "swot.strength"),
        ("params/borealis/client.yaml", 1, "currency"),
        ("params/house.yaml", 10, "papper"),
    ]


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "params" / "acme" / "client.yaml").unlink()
    (problem,) = problems_of(tmp_path)
    assert problem.what == "is missing."
    assert problem.hint.endswith("reviewkit new CLIENT")
    (tmp_path / "params" / "house.yaml").unlink()
    assert problems_of(tmp_path)[-1].hint.endswith("reviewkit init FOLDER")


def problems_of(root: Path) -> list[Problem]:
    with pytest.raises(ParamsError) as caught:
        load_workspace(root)
    return list(caught.value.problems)


@pytest.mark.parametrize("name", ["Acme", "acme motors", "acme_x", "3m", "ärger", "x" * 41])
def test_a_folder_that_is_no_slug(tmp_path: Path, name: str) -> None:
    problem = the_problem(tmp_path, {f"{name}/client.yaml": CLIENT})
    assert problem.path == f"params/{name}"
    assert "small letters, digits and single hyphens" in problem.what
    assert problem.hint.startswith('Name it "')


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_folder_with_the_name_of_a_make_target(tmp_path: Path, name: str) -> None:
    problem = the_problem(tmp_path, {f"{name}/client.yaml": CLIENT})
    assert problem.what == f'"{name}" is the name of a make target.'
    assert problem.hint == f'Name it "{name}-client" for one.'


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("clent.yaml", 'Did you mean "client.yaml"?'),
        ("contract.yml", 'Did you mean "contract.yaml"?'),
        ("2026Q5.yaml", 'Did you mean "2026Q3.yaml"?'),
        ("2026-7.md", "Did you mean"),
        ("notes.md", "Valid: 2026Q3.md,"),
    ],
)
def test_a_stray_file_in_a_clients_folder(tmp_path: Path, name: str, hint: str) -> None:
    problem = the_problem(tmp_path, {f"acme/{name}": ""})
    assert problem.path == f"params/acme/{name}"
    assert problem.what == "is no file of a client."
    assert problem.hint.startswith(hint)


def test_a_contract_does_not_end_before_it_starts(tmp_path: Path) -> None:
    text = "start: 2026-01-01\nend: 2025-12-31\n"
    problem = the_problem(tmp_path, {"acme/contract.yaml": text})
    assert (problem.line, problem.key) == (2, "end")


def test_a_workspace_is_found_from_below_and_missed_in_words(tmp_path: Path) -> None:
    write(tmp_path, {})
    assert find_workspace(tmp_path / "params" / "acme") == tmp_path.resolve()
    with pytest.raises(UsageError, match="reviewkit init FOLDER"):
        find_workspace(Path("/"))


# --- commentary and audiences -----------------------------------------------------------


def commentary(root: Path, text: str) -> list[tuple[str, str, str]]:
    workspace = load_workspace(write(root, {"acme/2026Q3.md": text}))
    comments = workspace.clients["acme"].commentary["2026Q3"]
    return [(item.heading, item.text, item.audience) for item in comments]


def test_headings_open_sections_and_a_mark_keeps_one_in_the_house(tmp_path: Path) -> None:
    text = (
        "\n## Delivery\n\nTwo lines\nof it.\n\n### A heading within\nmore\n"
        "## Margin (internal)\nThin.\n## Cost (Internal) ##\nHigh.\n"
        "## Rates (EUR)\nAgreed.\n## Empty\n\n"
        "## Code\n```\n## not a heading\n```\n"
        "   ## Indented (internal)\nKept.\n##Close (internal)\nKept.\n"
        "## International lanes\n```inline``` text\n"
    )
    assert commentary(tmp_path, text) == [
        ("Delivery", "Two lines\nof it.\n\n### A heading within\nmore", "client"),
        ("Margin", "Thin.", "internal"),
        ("Cost", "High.", "internal"),
        ("Rates (EUR)", "Agreed.", "client"),
        ("Code", "```\n## not a heading\n```", "client"),
        ("Indented", "Kept.", "internal"),
        ("Close", "Kept.", "internal"),
        ("International lanes", "```inline``` text", "client"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Words\n## Delivery\nx\n", 1, "text before the first heading"),
        ("# Delivery\nx\n", 1, "text before the first heading"),
        ("## Delivery\nx\n## Delivery\ny\n", 3, "stands twice"),
        ("## Margin (internl)\nx\n", 1, 'Write "(internal)" at'),
        ("## Margin (intenral)\nx\n", 1, 'Write "(internal)" at'),
        ("## Margin (Intern)\nx\n", 1, 'Write "(internal)" at'),
        ("## Margin [internal]\nx\n", 1, 'Write "(internal)" at'),
        ("## Margin internal\nx\n", 1, 'Write "(internal)" at'),
        ("## Margin (internal) 2026\nx\n", 1, 'Write "(internal)" at'),
        ("## Margin (internal only)\nx\n", 1, 'Write "(internal)" at'),
        ("##Margin (internal)\nx\n## Margin\ny\n", 3, "stands twice"),
        ("## Delivery\n### Margin (internal)\nx\n", 2, "outside a ## heading"),
        ("## Delivery\nMargin (internal)\n---\nx\n", 2, "outside a ## heading"),
        ("## Delivery\n```\n## Margin (internal)\nx\n", 2, "a code fence is not closed"),
        ("## Delivery\n~~~~\n~~~\n```\n## Cost (internal)\n", 2, "a code fence is not closed"),
        ("##  ##\nx\n", 1, "a heading without a name"),
    ],
)
def test_a_mistake_in_the_commentary(tmp_path: Path, text: str, line: int, said: str) -> None:
    problem = the_problem(tmp_path, {"acme/2026Q3.md": text})
    assert (problem.path, problem.line) == ("params/acme/2026Q3.md", line)
    assert said in str(problem)


def test_a_client_sees_nothing_internal_and_the_house_sees_all(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "acme/client.yaml": CLIENT + "cost_notes: secret-1\n",
            "acme/contract.yaml": "renewal_strategy: secret-2\nreference: open-1\n",
            "acme/plan.yaml": (
                "objectives:\n  - {title: open-2}\n  - {title: secret-3, audience: internal}\n"
                "swot: {strengths: [{text: secret-4}]}\n"
                "stakeholders: [{name: secret-5}]\ncompetitors: [{text: secret-6}]\n"
            ),
            "acme/2026Q3.yaml": (
                "events:\n  - {date: 2026-09-01, title: open-3}\n"
                "  - {date: 2026-09-01, title: secret-7, audience: internal}\n"
            ),
            "acme/2026Q3.md": "## Delivery\nopen-4\n## Margin (internal)\nsecret-8\n",
        },
    )
    params = load_workspace(root).clients["acme"]
    client, internal = str(for_audience(params, "client")), str(for_audience(params, "internal"))
    assert [number for number in range(1, 9) if f"secret-{number}" in client] == []
    assert [number for number in range(1, 9) if f"secret-{number}" not in internal] == []
    assert all(f"open-{number}" in client for number in range(1, 5))
    for absent in ("cost_notes", "renewal_strategy", "swot", "stakeholders", "competitors"):
        assert absent not in client
