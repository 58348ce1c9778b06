"""From identifiers to people: whose each event of a batch is. Set-based, and quick when the batch says nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import psycopg
from msgspec import Struct, structs

from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction
from hourglass.profiles import graph
from hourglass.profiles.evidence import Evidence, first_seen, gather
from hourglass.profiles.homes import Node
from hourglass.profiles.identifiers import USER
from hourglass.profiles.links import DEVICE, STATED, Link, Pair
from hourglass.profiles.memory import Memory
from hourglass.profiles.people import People
from hourglass.profiles.plan import joined
from hourglass.profiles.regroup import Component, Regrouped, load, regroup

_ATTEMPTS = 4


_Said = tuple[int, int, datetime, Node | None]
"""Two identities named together, the stronger first, and when; the weaker one, if it may remember that."""


class Overlap(psycopg.errors.SerializationFailure):
    """Another worker regroups the same people at this very moment: the whole transaction must be tried again."""


class _Held(Struct, kw_only=True):
    """What is known of a batch once nobody else can change it any more."""

    nodes: dict[int, Node]
    """By the number of the identifier."""
    news: dict[Pair, Link]
    component: Component
    versions: dict[int, int]


def resolve(
    events: Sequence[Event], tx: Transaction, workspace_id: WorkspaceId, now: datetime, memory: Memory | None = None
) -> People:
    """The people of a batch: identities made, evidence recorded, visitors attached to those they turned out to be.

    Everybody touched is held until commit, so parallel workers take turns per person. Raises Overlap (a serialization
    failure, to be tried again) when two workers regroup the same people. `memory`: what this worker found before.
    """
    if not events:
        return People(identity_ids=[], profile_ids=[], touched=[])
    memory = memory or Memory()
    evidence = gather(events, lambda: graph.phone_region(tx, workspace_id))
    since = graph.moment(tx, memory.transaction)
    memory.confirm(committed=since.committed)
    nodes = _identities(tx, workspace_id, events, evidence, memory)
    held = _hold(tx, workspace_id, evidence, nodes, memory, since)
    regrouped = Regrouped()
    if held.news:
        regrouped = regroup(tx, workspace_id, held.component, held.news, now=now, reason="evidence")
    alone = {node.profile_id for node in held.nodes.values() if node.new and node.id not in regrouped.placed}
    graph.add_profiles(tx, workspace_id, alone)
    first_held = _first_held(evidence, held.nodes)
    graph.now_hold(tx, workspace_id, first_held)
    memory.note(since.transaction, workspace_id, _findings(held, regrouped, first_held, since.transaction))
    return _people(evidence, held.nodes, regrouped, alone)


def _people(evidence: Evidence, nodes: Mapping[int, Node], regrouped: Regrouped, alone: set[int]) -> People:
    subjects = [nodes[number] for number in evidence.subjects]
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


def _identities(
    tx: Transaction, workspace_id: WorkspaceId, events: Sequence[Event], evidence: Evidence, memory: Memory
) -> dict[int, Node]:
    """The identities the batch speaks of: remembered, found or made."""
    names, remembered = evidence.names, memory.of(workspace_id)
    used = evidence.used()
    nodes = {number: node for number in used if (node := remembered.get(names[number])) is not None}
    unknown = used.difference(nodes)
    if unknown:
        found = graph.find(tx, workspace_id, [names[number] for number in unknown])
        nodes.update({number: node for number in unknown if (node := found.get(names[number])) is not None})
        missing = unknown.difference(nodes)
        if missing:
            firsts = {names[number]: at for number, at in first_seen(events, evidence, missing).items()}
            claims = ((names[one], names[other]) for one, other, _ in evidence.claims)
            holding = {names[number] for number in evidence.subjects}
            made = graph.create(tx, workspace_id, firsts, joined(firsts, claims), holding)
            nodes.update({number: made[names[number]] for number in missing})
    return nodes


def _hold(
    tx: Transaction,
    workspace_id: WorkspaceId,
    evidence: Evidence,
    nodes: dict[int, Node],
    memory: Memory,
    since: graph.Moment,
) -> _Held:
    """Hold the people of the batch, and those whom new evidence may concern.

    What was read before it is held may have changed meanwhile. Then it is read again; more people are then held only if
    nobody else has them, as waiting out of order could deadlock.
    """
    versions: dict[int, int] = {}
    for attempt in range(_ATTEMPTS):
        news = _news(tx, workspace_id, evidence, nodes)
        component = _component(tx, workspace_id, news, nodes)
        needed = component.profiles.union([node.profile_id for node in nodes.values() if not node.new])
        held = graph.hold(tx, workspace_id, needed - versions.keys(), since, wait=attempt == 0)
        versions |= held.versions
        if needed <= versions.keys() and not _outdated(nodes, component, held.changed, versions):
            return _Held(nodes=nodes, news=news, component=component, versions=versions)
        if attempt and not needed <= versions.keys():
            break
        since = graph.moment(tx)
        nodes = _again(tx, workspace_id, evidence, nodes, memory)
    raise Overlap("Another worker regroups the same people; the batch must be tried again.")


def _outdated(
    nodes: Mapping[int, Node],
    component: Component,
    changed: set[int],
    versions: Mapping[int, int],
) -> bool:
    """Whether somebody was regrouped between being read, or remembered, and being held."""
    if changed and not changed.isdisjoint(component.profiles):
        return True
    return any(
        node.profile_id in changed if node.version is None else node.version != versions[node.profile_id]
        for node in nodes.values()
        if not node.new
    )


def _again(
    tx: Transaction, workspace_id: WorkspaceId, evidence: Evidence, nodes: Mapping[int, Node], memory: Memory
) -> dict[int, Node]:
    """The same identities as they stand now."""
    names = {number: evidence.names[number] for number, node in nodes.items() if not node.new}
    memory.forget(workspace_id, names.values())
    found = graph.find(tx, workspace_id, names.values())
    if len(found) < len(names):
        raise Overlap("A person of this batch was removed meanwhile; the batch must be tried again.")
    made = {number: node for number, node in nodes.items() if node.new}
    return made | {number: found[name] for number, name in names.items()}


def _component(
    tx: Transaction, workspace_id: WorkspaceId, news: Iterable[Pair], nodes: Mapping[int, Node]
) -> Component:
    """All whom new evidence may concern; what this transaction made hangs on nothing yet."""
    if not news:
        return Component()
    new = {node.id: node for node in nodes.values() if node.new}
    ends = {end for pair in news for end in pair[:2]}
    component = load(tx, workspace_id, ends - new.keys())
    component.nodes |= {end: new[end] for end in ends & new.keys()}
    return component


def _news(
    tx: Transaction, workspace_id: WorkspaceId, evidence: Evidence, nodes: Mapping[int, Node]
) -> dict[Pair, Link]:
    """Links that are not recorded yet, or only of a later moment."""
    said: dict[str, list[_Said]] = {STATED: [], DEVICE: []}
    for (one, other, kind), at in evidence.claims.items():
        strong, weak = nodes[one], nodes[other]
        if not (weak.linked_to == strong.id and weak.linked_at and weak.linked_at <= at and kind == _usual(weak)):
            said[kind].append((strong.id, weak.id, at, weak))
    said[STATED] += _renamed(tx, workspace_id, evidence, nodes)
    news: dict[Pair, Link] = {}
    for kind, pairs in said.items():
        for one, other, at in _unrecorded(tx, workspace_id, kind, pairs) if pairs else ():
            low, high = (one, other) if one < other else (other, one)
            pair = Pair(low, high, kind)
            if pair not in news or at < news[pair].at:
                news[pair] = Link(low=low, high=high, kind=kind, at=at)
    return news


def _unrecorded(
    tx: Transaction, workspace_id: WorkspaceId, kind: str, said: Sequence[_Said]
) -> list[tuple[int, int, datetime]]:
    """Those that say something new; the others are learned, so that they need not be looked up again."""
    pairs = [(one, other) for one, other, _, _ in said]
    later = graph.unrecorded(tx, workspace_id, kind, pairs, min(at for _, _, at, _ in said))
    for place, (one, _, at, weak) in enumerate(said):
        if place not in later and weak is not None and kind == _usual(weak):
            weak.linked_to, weak.linked_at = one, at
    news = ((place, recorded, said[place][2]) for place, recorded in later.items())
    return [(*pairs[place], at) for place, recorded, at in news if recorded is None or at < recorded]


def _renamed(
    tx: Transaction, workspace_id: WorkspaceId, evidence: Evidence, nodes: Mapping[int, Node]
) -> Iterator[_Said]:
    """Aliases whose previous id turns out to be a user's: said now, or said before that user was known."""
    if evidence.renamed:
        users = graph.find(tx, workspace_id, {before for before, _ in evidence.renamed})
        for (before, user), at in evidence.renamed.items():
            if before in users:
                yield users[before].id, nodes[user].id, at, None
    made = {node.name.value: node.id for node in nodes.values() if node.new and node.name.kind == USER}
    if made:
        for value, other, at in graph.renamed(tx, workspace_id, list(made)):
            yield made[value], other, at, None


def _usual(weak: Node) -> str:
    return STATED if weak.name.known else DEVICE


def _first_held(evidence: Evidence, nodes: Mapping[int, Node]) -> set[int]:
    """Identities under which events are stored for the first time."""
    return {node.id for number in set(evidence.subjects) if not (node := nodes[number]).holds}


def _findings(held: _Held, regrouped: Regrouped, first_held: set[int], transaction: int) -> list[Node]:
    """What is to be remembered: identities that were not, or that are different now."""
    found: list[Node] = []
    for node in held.nodes.values():
        profile = regrouped.placed.get(node.id, node.profile_id)
        version = transaction if profile in regrouped.settled else held.versions.get(profile, 0)
        holds = node.holds or node.id in first_held
        if node.version is None:
            # Nobody else has it yet. What is remembered already must not change before this transaction commits.
            node.profile_id, node.version, node.new, node.holds = profile, version, False, holds
            found.append(node)
        elif node.version != version or node.profile_id != profile or node.holds != holds:
            found.append(structs.replace(node, profile_id=profile, version=version, holds=holds))
    return found
