"""What changes when evidence changes: a plan from the old people to the new ones, made without touching anything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from hourglass.profiles.cluster import Verdict, cluster
from hourglass.profiles.homes import Node, settle
from hourglass.profiles.identifiers import Identifier
from hourglass.profiles.links import Limits, Link, Pair


class Move(NamedTuple):
    """An identity changes its person."""

    identity_id: int
    origin: int
    target: int


class Absorbed(NamedTuple):
    """Everything a profile was is now part of another; the row stays as a pointer."""

    loser: int
    winner: int


class Place(NamedTuple):
    """Where an identity belongs, and where it began."""

    identity_id: int
    profile_id: int
    home_id: int


class Plan(Struct, kw_only=True):
    """The difference between what stands and what the evidence says."""

    verdicts: dict[Pair, Verdict]
    placed: dict[int, int]
    """Every identity of the component → its person."""
    places: list[Place]
    """Identities whose row changes."""
    moves: list[Move]
    absorbed: list[Absorbed]
    born: set[int]
    """Profiles that have no row yet."""
    enlarged: list[Absorbed]
    """Of `absorbed`: those where adding up is enough."""
    recount: set[int]
    """People who lost or got back a part, and must be counted anew."""


def draw(nodes: Mapping[int, Node], links: Iterable[Link], limits: Limits, new_ids: Callable[[int], list[int]]) -> Plan:
    """Plan a component: `nodes` by identity id, all evidence among them; `new_ids` gives numbers for new profiles."""
    clusters = cluster({node.id: node.name for node in nodes.values()}, links, limits)
    profiles = settle(clusters.groups, nodes)
    fresh = new_ids(profiles.count(None))
    placed: dict[int, int] = {}
    founders: set[int] = set()
    for group, settled in zip(clusters.groups, profiles, strict=True):
        if settled is None:
            settled = fresh.pop()  # noqa: PLW2901 - a group without a home of its own founds one
            founders.add(min((nodes[one] for one in group), key=lambda node: node.claim).id)
        placed.update(dict.fromkeys(group, settled))
    return _compare(nodes, placed, founders, clusters.verdicts)


def _compare(
    nodes: Mapping[int, Node], placed: Mapping[int, int], founders: set[int], verdicts: dict[Pair, Verdict]
) -> Plan:
    places: list[Place] = []
    moves: list[Move] = []
    for node in nodes.values():
        target = placed[node.id]
        home = target if node.new or node.id in founders else node.home_id
        if (target, home) != (node.profile_id, node.home_id):
            places.append(Place(node.id, target, home))
        if target != node.profile_id and not node.new:
            moves.append(Move(node.id, node.profile_id, target))
    stood = {node.profile_id for node in nodes.values() if not node.new}
    homes = {node.home_id for node in nodes.values() if not node.new}
    alive = set(placed.values())
    absorbed = _absorbed(nodes, placed, stood - alive)
    intact = stood - {move.origin for move in moves}
    scattered = _scattered(moves)
    enlarged = [it for it in absorbed if it.winner in intact and it.loser not in scattered]
    settled = {(pair.loser, pair.winner) for pair in enlarged}
    recount = {one for move in moves if (move.origin, move.target) not in settled for one in move[1:]} & alive
    return Plan(
        verdicts=verdicts,
        placed=dict(placed),
        places=places,
        moves=moves,
        absorbed=absorbed,
        born=alive - stood - homes,
        enlarged=enlarged,
        recount=recount,
    )


def _absorbed(nodes: Mapping[int, Node], placed: Mapping[int, int], emptied: set[int]) -> list[Absorbed]:
    """A profile that nobody is any more points to where its strongest identifier went."""
    best: dict[int, Node] = {}
    for node in nodes.values():
        if node.profile_id in emptied and not node.new:
            holder = best.get(node.profile_id)
            if holder is None or node.claim < holder.claim:
                best[node.profile_id] = node
    return [Absorbed(loser, placed[node.id]) for loser, node in sorted(best.items())]


def _scattered(moves: Iterable[Move]) -> set[int]:
    """Profiles whose identities went to more than one person."""
    targets: dict[int, int] = {}
    return {move.origin for move in moves if targets.setdefault(move.origin, move.target) != move.target}


def joined(
    names: Collection[Identifier], pairs: Iterable[tuple[Identifier, Identifier]]
) -> dict[Identifier, Identifier]:
    """Each name → one that stands for all it hangs together with, refusing nothing.

    A first guess at which new identifiers share a profile; where it is wrong, the plan moves them.
    """
    above = {name: name for name in names}

    def top(name: Identifier) -> Identifier:
        while (next_one := above[name]) != name:
            name = next_one
        return name

    for one, other in pairs:
        if one in above and other in above:
            above[top(one)] = top(other)
    return {name: top(name) for name in names}
