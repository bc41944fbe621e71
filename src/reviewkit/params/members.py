"""Global accounts: clients whose rows are those of their members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewkit.errors import Problem, nearest
from reviewkit.params.contract import Contract
from reviewkit.params.models import ClientParams, House
from reviewkit.params.yaml import Path_, Source


@dataclass(frozen=True)
class Belonging:
    """Whose rows a client's reports are made of.

    Rows of the client `owner` count for `client`, where they are told apart by `account`,
    a member's printed name, and its `region`; both are empty for the client's own rows.
    `path` leads from `client` to `owner`, both included.
    """

    client: str
    owner: str
    account: str = ""
    region: str = ""
    path: tuple[str, ...] = ()


def belongings(clients: Mapping[str, ClientParams]) -> tuple[Belonging, ...]:
    """Return every pair of a client and one whose rows are its own, sorted by both.

    A global account has none of its own rows. A member that has members itself stands for
    the sum of them. Members that are not in `clients` are left out.
    """
    found = [item for slug in sorted(clients) for item in _of(slug, clients)]
    return tuple(sorted(found, key=lambda item: (item.client, item.owner)))


def contract_of(item: Belonging, clients: Mapping[str, ClientParams]) -> tuple[str, Contract]:
    """Return whose contract judges the deliveries of a belonging, and that contract.

    It is the first on the way from the global account down that writes `delivery`; the
    owner's where none does.
    """
    for slug in item.path:
        contract = clients[slug].contract
        if "delivery" in contract.model_fields_set:
            return slug, contract
    return item.owner, clients[item.owner].contract


def owners(client: str, clients: Mapping[str, ClientParams]) -> frozenset[str]:
    """Return whose rows the reports of `client` are made of: its own, or its members'."""
    return frozenset(item.owner for item in _of(client, clients))


def mixed(clients: Mapping[str, ClientParams]) -> bool:
    """Tell whether a global account has a member that reports in another currency."""
    return any(
        clients[item.owner].client.currency != clients[item.client].client.currency
        for item in belongings(clients)
    )


def relatives(client: str, clients: Mapping[str, ClientParams]) -> frozenset[str]:
    """Return the clients that the pack of `client` may name: its members, and what it is of."""
    below = {slug for item in _of(client, clients) for slug in item.path}
    above = {
        slug for slug in clients if any(client in item.path[1:] for item in _of(slug, clients))
    }
    return frozenset(below | above) - {client}


def kin(clients: Mapping[str, ClientParams]) -> dict[str, tuple[str, ...]]:
    """Return, for each global account, the clients below it, in order."""
    below = {
        slug: {name for item in _of(slug, clients) for name in item.path} - {slug}
        for slug in clients
    }
    return {slug: tuple(sorted(names)) for slug, names in below.items() if names}


def _of(slug: str, clients: Mapping[str, ClientParams]) -> Iterator[Belonging]:
    members = clients[slug].client.members
    if not members:
        yield Belonging(slug, slug, path=(slug,))
    for member, region in members.items():
        if member not in clients:
            continue
        for inner in _of(member, clients):
            yield Belonging(
                client=slug,
                owner=inner.owner,
                account=clients[member].client.name,
                region=region or inner.region,
                path=(slug, *inner.path),
            )


def member_problems(
    clients: Mapping[str, ClientParams], sources: Mapping[str, Source]
) -> list[Problem]:
    """Return what is wrong with the members of global accounts; `sources` are by slug.

    One problem for each wrong member, in the file that names it.
    """
    found: list[Problem] = []
    for slug in sorted(clients):
        source = sources[slug]
        listed = isinstance(source.data.get("members"), list)
        for position, member, what, hint in _findings(slug, clients):
            place: Path_ = ("members", position if listed else member)
            found.append(Problem(source.path, source.line(place), f"members.{member}", what, hint))
    return found


def mapped_problems(
    house: House, source: Source, clients: Mapping[str, ClientParams]
) -> list[Problem]:
    """Return where a source in ``house.yaml`` gives rows to a client that has members."""
    found = []
    for table, given in house.sources.items():
        for position, item in enumerate(given):
            place: Path_ = ("sources", table, position, "client")
            named = {(*place, "keys", key): slug for key, slug in item.client.keys.items()}
            if item.client.constant is not None:
                named[(*place, "constant")] = item.client.constant
            for where, slug in named.items():
                if slug in clients and clients[slug].client.members:
                    what = f'"{slug}" has members, and no rows of its own.'
                    hint = (
                        f"Map the rows to one of them: {', '.join(clients[slug].client.members)}."
                    )
                    key = ".".join(map(str, where))
                    found.append(Problem(source.path, source.line(where), key, what, hint))
    return found


def _findings(
    slug: str, clients: Mapping[str, ClientParams]
) -> Iterator[tuple[int, str, str, str]]:
    owners: dict[str, str] = {}
    names: dict[str, str] = {}
    for position, member in enumerate(clients[slug].client.members):
        at = (position, member)
        if member == slug:
            yield *at, f'"{member}" cannot be a member of itself.', "Take it out."
            continue
        if member not in clients:
            others = [name for name in clients if name != slug]
            yield *at, f'"{member}" has no folder under params/.', nearest(member, others)
            continue
        way = _way_back(member, slug, clients)
        if way:
            # Each cycle is told once: where its first name in the alphabet stands.
            if slug == min(way):
                shown = " → ".join((slug, *way))
                yield *at, f"its members lead back to it: {shown}.", "Take one of them out."
            continue
        name = clients[member].client.name
        if name in names:
            what = f'is printed as "{name}", as "{names[name]}" is.'
            yield *at, what, "Give them different names in client.yaml."
        names[name] = member
        for owner in _owners(member, clients):
            if owner in owners:
                what = f'"{owner}" would count twice: it is in "{owners[owner]}" too.'
                yield *at, what, "Take one of them out."
                break
            owners[owner] = member


def _way_back(
    member: str, slug: str, clients: Mapping[str, ClientParams], seen: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the way from `member` through its members to `slug`, or nothing."""
    if member == slug:
        return (slug,)
    if member in seen or member not in clients:
        return ()
    for inner in clients[member].client.members:
        way = _way_back(inner, slug, clients, (*seen, member))
        if way:
            return (member, *way)
    return ()


def _owners(
    member: str, clients: Mapping[str, ClientParams], seen: frozenset[str] = frozenset()
) -> list[str]:
    if member not in clients or member in seen:
        return []
    inner = clients[member].client.members
    if not inner:
        return [member]
    return [owner for name in inner for owner in _owners(name, clients, seen | {member})]
