"""From identifiers to people: whose each event of a batch is. Set-based, and quick when the batch says nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import psycopg
from msgspec import Struct

from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction
from hourglass.profiles import graph
from hourglass.profiles.evidence import Evidence, gather
from hourglass.profiles.homes import Node
from hourglass.profiles.identifiers import USER, Identifier
from hourglass.profiles.links import STATED, Link, Pair
from hourglass.profiles.people import People
from hourglass.profiles.plan import joined
from hourglass.profiles.regroup import Component, Regrouped, load, regroup

_ATTEMPTS = 4


class Overlap(psycopg.errors.SerializationFailure):
    """Another worker regroups the same people at this very moment: the whole transaction must be tried again."""


class _Held(Struct, kw_only=True):
    """What is known of a batch once nobody else can change it any more."""

    nodes: dict[Identifier, Node]
    news: dict[Pair, Link]
    component: Component


def resolve(events: Sequence[Event], tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> People:
    """The people of a batch: identities made, evidence recorded, visitors attached to those they turned out to be.

    Everybody touched is held until commit, so parallel workers take turns per person. Raises Overlap (a serialization
    failure, to be tried again) when two workers regroup the same people.
    """
    if not events:
        return People(identity_ids=[], profile_ids=[], touched=[])
    evidence = gather(events, graph.phone_region(tx, workspace_id))
    held = _hold(tx, workspace_id, evidence)
    regrouped = Regrouped()
    if held.news:
        regrouped = regroup(tx, workspace_id, held.component, held.news, now=now, reason="evidence")
    alone = {node.profile_id for node in held.nodes.values() if node.new and node.id not in regrouped.placed}
    graph.add_profiles(tx, workspace_id, alone)
    return _people(evidence, held.nodes, regrouped, alone)


def _people(evidence: Evidence, nodes: Mapping[Identifier, Node], regrouped: Regrouped, alone: set[int]) -> People:
    subjects = [nodes[name] for name in evidence.subjects]
    placed = regrouped.placed
    profile_ids = [placed.get(node.id, node.profile_id) for node in subjects]
    return People(
        identity_ids=[node.id for node in subjects],
        profile_ids=profile_ids,
        touched=sorted(set(profile_ids)),
        created=sorted(regrouped.created | alone),
        moved=regrouped.moved,
        absorbed=regrouped.absorbed,
        changed=regrouped.changed | alone,
    )


def _hold(tx: Transaction, workspace_id: WorkspaceId, evidence: Evidence) -> _Held:
    """Find or make the identities and hold their people, and the people whom new evidence may concern.

    What is read before it is held may have changed meanwhile. Then it is read again; more people are then held only if
    nobody else has them, as waiting out of order could deadlock.
    """
    since = graph.snapshot(tx)
    nodes = _identities(tx, workspace_id, evidence)
    holding: set[int] = set()
    for attempt in range(_ATTEMPTS):
        news = _news(tx, workspace_id, evidence, nodes)
        component = _component(tx, workspace_id, news, nodes)
        needed = {node.profile_id for node in nodes.values() if not node.new} | component.profiles
        outcome = graph.hold(tx, workspace_id, needed - holding, since, wait=attempt == 0)
        if outcome:
            return _Held(nodes=nodes, news=news, component=component)
        if outcome is None and attempt:
            break
        holding |= needed
        since = graph.snapshot(tx)
        nodes = _again(tx, workspace_id, nodes)
    raise Overlap("Another worker regroups the same people; the batch must be tried again.")


def _identities(tx: Transaction, workspace_id: WorkspaceId, evidence: Evidence) -> dict[Identifier, Node]:
    users = {before for before, _ in evidence.renamed}
    nodes = graph.find(tx, workspace_id, evidence.seen.keys() | users)
    missing = {name: at for name, at in evidence.seen.items() if name not in nodes}
    if missing:
        together = joined(missing, ((one, other) for one, other, _ in evidence.claims))
        nodes |= graph.create(tx, workspace_id, missing, together)
    return nodes


def _again(tx: Transaction, workspace_id: WorkspaceId, nodes: Mapping[Identifier, Node]) -> dict[Identifier, Node]:
    """The same identities as they stand now."""
    made = {name: node for name, node in nodes.items() if node.new}
    found = graph.find(tx, workspace_id, nodes.keys() - made.keys()) | made
    if found.keys() != nodes.keys():
        raise Overlap("A person of this batch was removed meanwhile; the batch must be tried again.")
    return found


def _component(
    tx: Transaction, workspace_id: WorkspaceId, news: Iterable[Pair], nodes: Mapping[Identifier, Node]
) -> Component:
    """All whom new evidence may concern; what this transaction made hangs on nothing yet."""
    new = {node.id: node for node in nodes.values() if node.new}
    ends = {end for pair in news for end in pair[:2]}
    component = load(tx, workspace_id, ends - new.keys())
    component.nodes |= {end: new[end] for end in ends & new.keys()}
    return component


def _news(
    tx: Transaction, workspace_id: WorkspaceId, evidence: Evidence, nodes: Mapping[Identifier, Node]
) -> dict[Pair, Link]:
    """Links that are not recorded yet, or only of a later moment."""
    said: dict[Pair, datetime] = {}
    for (one, other, kind), at in evidence.claims.items():
        _say(said, nodes[one].id, nodes[other].id, kind, at)
    for (before, user), at in evidence.renamed.items():
        if before in nodes:
            _say(said, nodes[before].id, nodes[user].id, STATED, at)
    made = {name.value: node.id for name, node in nodes.items() if node.new and name.kind == USER}
    if made:
        for value, other, at in graph.renamed(tx, workspace_id, list(made)):
            _say(said, made[value], other, STATED, at)
    recorded = _recorded(tx, workspace_id, said, nodes)
    return {
        pair: Link(low=pair.low, high=pair.high, kind=pair.kind, at=at)
        for pair, at in said.items()
        if pair not in recorded or at < recorded[pair]
    }


def _recorded(
    tx: Transaction, workspace_id: WorkspaceId, said: Mapping[Pair, datetime], nodes: Mapping[Identifier, Node]
) -> dict[Pair, datetime]:
    new = {node.id for node in nodes.values() if node.new}
    return graph.links_of(tx, workspace_id, [pair for pair in said if pair.low not in new and pair.high not in new])


def _say(said: dict[Pair, datetime], one: int, other: int, kind: str, at: datetime) -> None:
    pair = Pair(min(one, other), max(one, other), kind)
    said[pair] = min(at, said.get(pair, at))
