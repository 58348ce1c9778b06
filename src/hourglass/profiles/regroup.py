"""Brings people in line with the evidence, and everything that hangs on an identity with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec import Struct, field, structs

from hourglass.kernel import Conflict, WorkspaceId
from hourglass.postgres import Transaction
from hourglass.profiles import graph, portraits
from hourglass.profiles.follow import follow
from hourglass.profiles.homes import Node
from hourglass.profiles.links import LIMITS, Link, Pair
from hourglass.profiles.plan import Absorbed, Move, Plan, draw

_ATTEMPTS = 3
MOST = 2000
"""Identities that are looked at together at most. In a crowd around shared devices that is larger, new evidence is
weighed against people as they stand: there, and only there, the order in which events come may matter."""


class Component(Struct, kw_only=True):
    """Identities that evidence connects, and the evidence."""

    nodes: dict[int, Node] = field(default_factory=dict[int, Node])
    links: dict[Pair, Link] = field(default_factory=dict[Pair, Link])

    @property
    def profiles(self) -> set[int]:
        """The people concerned who exist already."""
        return {node.profile_id for node in self.nodes.values() if not node.new}


class Regrouped(Struct, kw_only=True):
    """What is different now."""

    placed: dict[int, int] = field(default_factory=dict[int, int])
    """Identity → person, of the whole component."""
    created: set[int] = field(default_factory=set[int])
    moved: list[Move] = field(default_factory=list[Move])
    absorbed: list[Absorbed] = field(default_factory=list[Absorbed])
    joined: set[int] = field(default_factory=set[int])
    """People to whom a new identifier came."""
    settled: set[int] = field(default_factory=set[int])
    """People who existed before and of whom the row says now that this transaction regrouped them."""

    @property
    def changed(self) -> set[int]:
        """People who are others now, the absorbed left out."""
        both = {profile for move in self.moved for profile in move[1:]}
        return (both | self.created | self.joined) - {pair.loser for pair in self.absorbed}


def load(tx: Transaction, workspace_id: WorkspaceId, seeds: Collection[int], most: int = MOST) -> Component:
    """Everything that evidence connects with these identities; of a larger crowd only who they are now."""
    if not seeds:
        return Component()
    nodes, links = graph.reach(tx, workspace_id, seeds, most)
    return Component(nodes=nodes, links=links)


def hold_component(tx: Transaction, workspace_id: WorkspaceId, seeds: Collection[int]) -> Component:
    """Everything connected with these identities, held until commit. Raises Conflict when somebody else changes it."""
    holding: set[int] = set()
    for _ in range(_ATTEMPTS):
        since = graph.moment(tx)
        component = load(tx, workspace_id, seeds)
        needed = component.profiles - holding
        held = graph.hold(tx, workspace_id, needed, since, wait=not holding)
        if held.versions.keys() == needed and not held.changed:
            return component
        holding |= held.versions.keys()
    raise Conflict("These people are being changed by somebody else at this very moment; try again.")


def regroup(
    tx: Transaction,
    workspace_id: WorkspaceId,
    component: Component,
    new: Mapping[Pair, Link],
    *,
    now: datetime,
    reason: str,
    author: str | None = None,
) -> Regrouped:
    """Add evidence to a component and settle who is who. The people of the component must be held."""
    evidence = component.links | _allowed(component, new)
    plan = draw(component.nodes, evidence.values(), LIMITS, lambda count: graph.new_profile_ids(tx, count))
    graph.put_links(tx, workspace_id, _judged(component.links, evidence, plan))
    joined = {plan.placed[node.id] for node in component.nodes.values() if node.new}
    graph.carry_out(tx, workspace_id, plan, now, reason, author)
    ends = {plan.placed[one] for pair in new for one in pair[:2] if one in plan.placed}
    winners = {profile for move in plan.moves for profile in move[1:]} - {pair.loser for pair in plan.absorbed}
    settled = (ends | winners) - plan.born
    graph.settle_profiles(tx, workspace_id, plan, settled)
    if plan.moves:
        _retell(tx, workspace_id, plan)
        follow(tx, workspace_id, plan.moves, plan.absorbed, now)
    return Regrouped(
        placed=plan.placed,
        created=plan.born,
        moved=plan.moves,
        absorbed=plan.absorbed,
        joined=joined,
        settled=settled,
    )


def _allowed(component: Component, new: Mapping[Pair, Link]) -> dict[Pair, Link]:
    """The new evidence, but for what an identifier may not gather any more: see Limits."""
    gathered: dict[int, int] = {}
    for pair in component.links:
        for end in pair[:2]:
            gathered[end] = gathered.get(end, 0) + 1
    allowed: dict[Pair, Link] = {}
    for pair, link in sorted(new.items(), key=lambda item: (item[1].at, item[0])):
        ends = pair[:2]
        known = component.links.get(pair)
        if link.author is not None:
            allowed[pair] = link
        elif known is not None:
            allowed[pair] = structs.replace(known, at=min(link.at, known.at))
        elif all(gathered.get(end, 0) < LIMITS.evidence[component.nodes[end].name.kind] for end in ends):
            allowed[pair] = link
            for end in ends:
                gathered[end] = gathered.get(end, 0) + 1
    return allowed


def _judged(old: Mapping[Pair, Link], evidence: Mapping[Pair, Link], plan: Plan) -> list[Link]:
    """The links whose row is new or different, as they are now."""
    changed: list[Link] = []
    for pair, link in evidence.items():
        verdict = plan.verdicts.get(pair)
        judged = link if verdict is None else structs.replace(link, state=verdict.state, reason=verdict.reason)
        if judged != old.get(pair):
            changed.append(judged)
    return changed


def _retell(tx: Transaction, workspace_id: WorkspaceId, plan: Plan) -> None:
    """People to or from whom something that was said has moved are told again."""
    told = portraits.of_identities(tx, workspace_id, [move.identity_id for move in plan.moves])
    gone = {pair.loser for pair in plan.absorbed}
    concerned = {profile for move in plan.moves if move.identity_id in told for profile in move[1:]} - gone
    if concerned:
        portraits.refold(tx, workspace_id, concerned, graph.phone_region(tx, workspace_id))
