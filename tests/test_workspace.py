"""Names in the parameters that nothing bears are told with their file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.errors import ParamsError, Problem
from reviewkit.workspace import open_workspace

HOUSE = """\
name: House
sources:
  cases:
    - file: a.csv
      cutoff: 2026-10-06T18:00:00+02:00
      client: {constant: acme}
      columns:
        case_id: id
        opened_at: {column: opened}
"""
SOUND = {"house.yaml": HOUSE, "acme/client.yaml": "name: Acme\ncurrency: EUR\n"}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, content in (SOUND | files).items():
        path = root / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


def problems(root: Path, files: dict[str, str]) -> list[Problem]:
    with pytest.raises(ParamsError) as caught:
        open_workspace(write(root, files))
    return list(caught.value.problems)


def test_a_sound_workspace_opens(tmp_path: Path) -> None:
    files = {
        "acme/client.yaml": SOUND["acme/client.yaml"] + "shares: [budget]\ntargets: {otif: []}\n",
        "acme/plan.yaml": "objectives: [{title: A}, {title: B, metric: nps}]\n",
    }
    assert open_workspace(write(tmp_path, files)).clients["acme"].client.shares == ("budget",)


@pytest.mark.parametrize(
    ("file", "content", "line", "key", "said"),
    [
        (
            "house.yaml",
            HOUSE.replace("  cases:", "  case:"),
            3,
            "sources.case",
            'is no account table. Did you mean "cases"?',
        ),
        (
            "house.yaml",
            HOUSE + "        closed: x\n",
            10,
            "sources.cases.0.columns.closed",
            'is no column of cases. Did you mean "closed_at"?',
        ),
        (
            "house.yaml",
            HOUSE.replace("        case_id: id\n", ""),
            7,
            "sources.cases.0.columns",
            'cases needs "case_id" (identifier of the case). Map it.',
        ),
        (
            "house.yaml",
            HOUSE.replace("      cutoff", "      table: t\n      cutoff"),
            5,
            "sources.cases.0.table",
            "a csv file takes no table.",
        ),
        (
            "acme/client.yaml",
            SOUND["acme/client.yaml"] + "targets:\n  otiff: [{value: 1}]\n",
            4,
            "targets.otiff",
            '"otiff" is no metric. Did you mean "otif"?',
        ),
        (
            "acme/client.yaml",
            SOUND["acme/client.yaml"] + "weights:\n  otiff: 2\n",
            4,
            "weights.otiff",
            '"otiff" is no metric. Did you mean "otif"?',
        ),
        (
            "acme/client.yaml",
            SOUND["acme/client.yaml"] + "weights:\n  shipments: 2\n",
            4,
            "weights.shipments",
            '"shipments" is neither good nor bad: it earns no points.',
        ),
        (
            "acme/client.yaml",
            SOUND["acme/client.yaml"] + "lead_metrics:\n- otif\n- on_time\n",
            5,
            "lead_metrics.1",
            '"on_time" is no metric.',
        ),
        (
            "acme/client.yaml",
            SOUND["acme/client.yaml"] + "shares: [cases]\n",
            3,
            "shares.0",
            '"cases" is no internal table that may be shared.',
        ),
        (
            "acme/contract.yaml",
            "slas:\n- target: 1\n  metric: NPS\n",
            3,
            "slas.0.metric",
            '"NPS" is no metric.',
        ),
        (
            "acme/plan.yaml",
            "objectives:\n- {title: A, metric: nsp}\n",
            2,
            "objectives.0.metric",
            'Did you mean "nps"?',
        ),
        (
            "acme/2026Q3.yaml",
            "recoveries:\n- {metric: otiv, cause: x}\n",
            2,
            "recoveries.0.metric",
            'Did you mean "otif"?',
        ),
        (
            "acme/2026Q3.yaml",
            "events:\n- {date: 2026-09-01, title: x, metric: otiv}\n",
            2,
            "events.0.metric",
            'Did you mean "otif"?',
        ),
    ],
)
def test_a_name_that_nothing_bears(
    tmp_path: Path, file: str, content: str, line: int, key: str, said: str
) -> None:
    (problem,) = problems(tmp_path, {file: content})
    assert (problem.path, problem.line, problem.key) == (f"params/{file}", line, key)
    assert said in str(problem)


def test_names_and_other_mistakes_are_told_together(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {
            "house.yaml": HOUSE.replace("  cases:", "  case:") + "papper: a4\n",
            "acme/client.yaml": "name: Acme\ntargets: {otiff: []}\n",
            "acme/plan.yaml": "objectives: nothing\n",
        },
    )
    assert [(item.path.split("/")[-1], item.key) for item in found] == [
        ("client.yaml", "currency"),
        ("client.yaml", "targets.otiff"),
        ("plan.yaml", "objectives"),
        ("house.yaml", "sources.case"),
        ("house.yaml", "papper"),
    ]
