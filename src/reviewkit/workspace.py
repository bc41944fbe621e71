"""Opens a workspace: parameters read, and the names in them held to what exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from reviewkit.accounts import TABLES
from reviewkit.accounts.sources import DATABASES, KINDS
from reviewkit.errors import ParamsError, Problem, nearest, relative
from reviewkit.metrics import METRICS
from reviewkit.params import Workspace, load_workspace
from reviewkit.params.yaml import Path_, Source, read_yaml

Finding = tuple[Path_, str, str]
"""Where in a file, what is wrong, and how to mend it."""


def open_workspace(root: Path) -> Workspace:
    """Return the workspace at `root`; raises `ParamsError` with every problem of every file.

    Beside what `load_workspace` finds, these are names of account tables, of their columns
    and of metrics that do not exist.
    """
    problems: list[Problem] = []
    workspace = None
    try:
        workspace = load_workspace(root)
    except ParamsError as error:
        problems += error.problems
    problems += _unknown_names(root)
    if problems or workspace is None:
        raise ParamsError(problems)
    return workspace


def _unknown_names(root: Path) -> Iterator[Problem]:
    params = root / "params"
    for path in sorted((*params.glob("*.yaml"), *params.glob("[!.]*/*.yaml"))):
        source = read_yaml(path, relative(path, root))
        if isinstance(source, Source):
            for place, what, hint in _FILES.get(path.name, _review)(source.data):
                key = ".".join(map(str, place))
                yield Problem(source.path, source.line(place), key, what, hint)


def _house(data: dict[str, Any]) -> Iterator[Finding]:
    for (_, table), _value in _at(data, "sources", "*"):
        if table not in TABLES:
            yield ("sources", table), "is no account table.", nearest(str(table), TABLES)
    for place, entry in _at(data, "sources", "*", "*"):
        if place[1] in TABLES and isinstance(entry, dict):
            yield from _source(place, entry)
    yield from _metrics(_at(data, "alerts", "*", "*", "metrics", "*"))
    for place, table in _at(data, "alerts", "freshness", "*", "tables", "*"):
        if table not in TABLES:
            yield place, f'"{table}" is no account table.', nearest(str(table), TABLES)


def _source(place: Path_, entry: dict[str, Any]) -> Iterator[Finding]:
    spec = TABLES[str(place[1])]
    columns = entry.get("columns")
    if isinstance(columns, dict):
        for name in columns:
            if name not in spec.names:
                what = f"is no column of {spec.name}."
                yield (*place, "columns", name), what, nearest(name, spec.names)
        for column in spec.columns:
            if column.required and column.name not in columns:
                what = f'{spec.name} needs "{column.name}" ({column.about}).'
                yield (*place, "columns"), what, "Map it."
    file = entry.get("file")
    kind = entry.get("kind") or KINDS.get(Path(str(file)).suffix.lower())
    for key in ("table", "query"):
        if file and kind and kind not in DATABASES and entry.get(key):
            hint = "Leave it out, or give the file under files and a name."
            yield (*place, key), f"a {kind} file takes no {key}.", hint


def _client(data: dict[str, Any]) -> Iterator[Finding]:
    for place, _ in _at(data, "targets", "*"):
        yield from _metric(place, place[-1])
    for place, _ in _at(data, "weights", "*"):
        yield from _weighted(place, place[-1])
    yield from _metrics(_at(data, "lead_metrics", "*"))
    internal = [name for name, spec in TABLES.items() if spec.internal and spec.shareable]
    for place, table in _at(data, "shares", "*"):
        if table not in internal:
            what = f'"{table}" is no internal table that may be shared.'
            yield place, what, nearest(str(table), internal)


def _contract(data: dict[str, Any]) -> Iterator[Finding]:
    yield from _metrics(_at(data, "slas", "*", "metric"))


def _plan(data: dict[str, Any]) -> Iterator[Finding]:
    yield from _metrics(_at(data, "objectives", "*", "metric"))


def _review(data: dict[str, Any]) -> Iterator[Finding]:
    for key in ("events", "recoveries"):
        yield from _metrics(_at(data, key, "*", "metric"))


def _metrics(places: Iterable[tuple[Path_, Any]]) -> Iterator[Finding]:
    for place, value in places:
        yield from _metric(place, value)


def _metric(place: Path_, name: Any) -> Iterator[Finding]:
    if name is not None and name not in METRICS:
        yield place, f'"{name}" is no metric.', nearest(str(name), METRICS)


def _weighted(place: Path_, name: Any) -> Iterator[Finding]:
    known = METRICS.get(name)
    if known is None:
        yield from _metric(place, name)
    elif known.better == "none" or known.scope != "account":
        scored = [own.id for own in METRICS.values() if own.better != "none"]
        what = f'"{name}" is neither good nor bad: it earns no points.'
        yield place, what, nearest(str(name), scored)


_FILES: dict[str, Callable[[dict[str, Any]], Iterator[Finding]]] = {
    "house.yaml": _house,
    "client.yaml": _client,
    "contract.yaml": _contract,
    "plan.yaml": _plan,
}
"""What names each file may hold; any other file of a client is a review's."""


def _at(node: Any, *pattern: str, place: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Yield what lies at `pattern` in plain data; `*` stands for every key or position."""
    if not pattern:
        yield place, node
        return
    head, rest = pattern[0], pattern[1:]
    children: Iterable[tuple[str | int, Any]] = ()
    if isinstance(node, dict):
        children = node.items()
    elif isinstance(node, list) and head == "*":
        children = enumerate(node)
    for key, child in children:
        if head in ("*", key):
            yield from _at(child, *rest, place=(*place, key))
