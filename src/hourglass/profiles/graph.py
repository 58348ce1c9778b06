"""The identity graph in PostgreSQL: finding, making and holding identities, and the evidence between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.homes import Node
from hourglass.profiles.identifiers import Identifier
from hourglass.profiles.links import Link, Pair
from hourglass.profiles.plan import Plan

_queries = Queries(Path(__file__).with_name("graph.sql"))


class Moment(Struct, frozen=True):
    """A moment of the database: `snapshot` to ask later what has changed since, and the number of this transaction."""

    snapshot: str
    transaction: int
    committed: bool
    """Whether the earlier transaction that was asked about did commit."""


class Held(NamedTuple):
    """People nobody else can change before we commit."""

    versions: dict[int, int]
    """Person → the transaction that last changed who belongs to them; 0: none."""
    changed: set[int]
    """Those of them for whom that was after the moment asked about."""


def phone_region(tx: Transaction, workspace_id: WorkspaceId) -> str | None:
    """The country of phone numbers that name none: `phone_region` of the workspace's settings (ISO 3166)."""
    return _queries.scalar(tx, "phone_region", workspace_id=workspace_id)


def moment(tx: Transaction, earlier: int = 0) -> Moment:
    """Now. `earlier`: a transaction of which we want to know whether it committed."""
    found = _queries.one(tx, "moment", Moment, earlier=earlier)
    assert found is not None
    return found


def find(tx: Transaction, workspace_id: WorkspaceId, names: Iterable[Identifier]) -> dict[Identifier, Node]:
    """Those of the identifiers that are known, as they stand."""
    by_kind: defaultdict[str, dict[str, Identifier]] = defaultdict(dict)
    for name in names:
        by_kind[name.kind][name.value] = name
    found: dict[Identifier, Node] = {}
    for kind, asked in by_kind.items():
        rows = _queries.tuples(tx, "find", workspace_id=workspace_id, kind=kind, values=sorted(asked))
        for value, node_id, profile, home, holds in rows:
            name = asked[value]
            found[name] = Node(id=node_id, name=name, profile_id=profile, home_id=home, holds=holds)
    return found


def create(
    tx: Transaction,
    workspace_id: WorkspaceId,
    names: Mapping[Identifier, datetime],
    together: Mapping[Identifier, Identifier],
    holding: Collection[Identifier],
) -> dict[Identifier, Node]:
    """Make identities; those with the same `together` share a new profile id, those `holding` get events.

    What another worker makes at the same moment is waited for and read instead.
    """
    if not names:
        return {}
    ordered = sorted(names)
    heads = dict.fromkeys(together[name] for name in ordered)
    profiles = dict(zip(heads, new_profile_ids(tx, len(heads)), strict=True))
    made = _queries.tuples(
        tx,
        "create",
        workspace_id=workspace_id,
        kinds=[name.kind for name in ordered],
        values=[name.value for name in ordered],
        profiles=[profiles[together[name]] for name in ordered],
        ats=[names[name] for name in ordered],
        holds=[name in holding for name in ordered],
    )
    nodes: dict[Identifier, Node] = {}
    for kind, value, node_id, profile in made:
        name = Identifier(kind, value)
        holds = name in holding
        nodes[name] = Node(id=node_id, name=name, profile_id=profile, home_id=profile, new=True, holds=holds)
    return nodes | find(tx, workspace_id, names.keys() - nodes.keys())


def now_hold(tx: Transaction, workspace_id: WorkspaceId, ids: Collection[int]) -> None:
    """Events are stored under these identities from now on."""
    if ids:
        _queries.execute(tx, "now_hold", workspace_id=workspace_id, ids=sorted(ids))


def new_profile_ids(tx: Transaction, count: int) -> list[int]:
    """So many numbers for new profiles."""
    return [row[0] for row in _queries.tuples(tx, "new_profile_ids", count=count)] if count else []


def hold(
    tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], since: Moment, *, wait: bool
) -> Held:
    """Keep these people as they are until commit. Who is missing is gone or, without waiting, held by somebody else.

    Waiting is safe only for the first of several calls in a transaction, as the order of ids is kept within a call.
    """
    if not profile_ids:
        return Held({}, set())
    query = "hold" if wait else "hold_free"
    rows = _queries.tuples(tx, query, workspace_id=workspace_id, ids=sorted(profile_ids), since=since.snapshot)
    return Held({row[0]: row[1] for row in rows}, {row[0] for row in rows if row[2]})


def unrecorded(
    tx: Transaction, workspace_id: WorkspaceId, kind: str, pairs: Sequence[tuple[int, int]], since: datetime
) -> dict[int, datetime | None]:
    """Which of the pairs have no link of the kind that was on record by `since`: their places, and when they were."""
    lows, highs = zip(*[(one, other) if one < other else (other, one) for one, other in pairs], strict=True)
    rows = _queries.tuples(
        tx, "unrecorded", workspace_id=workspace_id, kind=kind, lows=list(lows), highs=list(highs), since=since
    )
    return {place - 1: at for place, at in rows}


def renamed(tx: Transaction, workspace_id: WorkspaceId, values: Sequence[str]) -> list[tuple[str, int, datetime]]:
    """(visitor's name, identity id of the user it was said to be, when) of earlier aliases."""
    return [tuple(row) for row in _queries.tuples(tx, "renamed", workspace_id=workspace_id, values=sorted(values))]  # pyright: ignore[reportReturnType]


def reach(
    tx: Transaction, workspace_id: WorkspaceId, seeds: Collection[int], most: int
) -> tuple[dict[int, Node], dict[Pair, Link]]:
    """Every identity that evidence connects with the seeds, and the evidence.

    Where refused evidence connects more than `most` (a crowd around shared devices), only what makes them one person.
    """
    ids = _reached(tx, workspace_id, seeds, most + 1, widely=True)
    if len(ids) > most:
        ids = _reached(tx, workspace_id, seeds, 10 * most, widely=False)
    nodes = {
        node_id: Node(id=node_id, name=Identifier(kind, value), profile_id=profile, home_id=home)
        for node_id, kind, value, profile, home in _queries.tuples(tx, "nodes", workspace_id=workspace_id, ids=ids)
    }
    links = [
        Link(low=low, high=high, kind=kind, at=at, state=state, reason=reason)
        for low, high, kind, at, state, reason in _queries.tuples(tx, "links_among", workspace_id=workspace_id, ids=ids)
    ]
    return nodes, {link.pair: link for link in links}


def _reached(
    tx: Transaction, workspace_id: WorkspaceId, seeds: Collection[int], most: int, *, widely: bool
) -> list[int]:
    rows = _queries.tuples(tx, "reach", workspace_id=workspace_id, seeds=sorted(seeds), most=most, widely=widely)
    return sorted({row[0] for row in rows}.union(seeds))


def put_links(tx: Transaction, workspace_id: WorkspaceId, links: Collection[Link]) -> None:
    """Record evidence, or what became of it; of a link known already the earlier moment stays."""
    if not links:
        return
    ordered = sorted(links, key=lambda link: link.pair)
    _queries.execute(
        tx,
        "put_links",
        workspace_id=workspace_id,
        lows=[link.low for link in ordered],
        highs=[link.high for link in ordered],
        kinds=[link.kind for link in ordered],
        ats=[link.at for link in ordered],
        states=[link.state for link in ordered],
        reasons=[link.reason for link in ordered],
        authors=[link.author for link in ordered],
    )


def carry_out(
    tx: Transaction, workspace_id: WorkspaceId, plan: Plan, now: datetime, reason: str, author: str | None
) -> None:
    """Write the plan: where identities belong, the audit of moves, and the rows of the people concerned."""
    space = {"workspace_id": workspace_id}
    if plan.places:
        ids, profiles, homes = map(list, zip(*sorted(plan.places), strict=True))
        _queries.execute(tx, "place", **space, ids=ids, profiles=profiles, homes=homes)
    if plan.moves:
        ids, froms, tos = map(list, zip(*sorted(plan.moves), strict=True))
        _queries.execute(
            tx, "note_moves", **space, ids=ids, froms=froms, tos=tos, reason=reason, author=author, now=now
        )
    if plan.absorbed:
        _queries.execute(tx, "absorbed", **space, **_pairs(plan.absorbed))
    add_profiles(tx, workspace_id, plan.born)


def add_profiles(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int]) -> None:
    """Rows for people who have none yet."""
    if profile_ids:
        _queries.execute(tx, "add_profiles", workspace_id=workspace_id, ids=sorted(profile_ids))


def settle_profiles(tx: Transaction, workspace_id: WorkspaceId, plan: Plan, regrouped: Collection[int]) -> None:
    """Bring the rows of regrouped people up to date: known or not, a pointer or not, and what is counted."""
    space = {"workspace_id": workspace_id}
    if regrouped:
        _queries.execute(tx, "regrouped", **space, ids=sorted(regrouped))
    if plan.enlarged:
        _queries.execute(tx, "add_up", **space, **_pairs(plan.enlarged))
    if plan.recount:
        _queries.execute(tx, "recount", **space, ids=sorted(plan.recount))


def _pairs(pairs: Iterable[tuple[int, int]]) -> dict[str, list[int]]:
    losers, winners = map(list, zip(*sorted(pairs), strict=True))
    return {"losers": losers, "winners": winners}
