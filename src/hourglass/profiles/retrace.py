"""Back to what was known of people at a moment of the past. For a copy of the workspace: what came later is gone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import graph, portraits
from hourglass.profiles.cluster import cluster
from hourglass.profiles.homes import Node, settle
from hourglass.profiles.identifiers import Identifier
from hourglass.profiles.links import LIMITS, Link

_queries = Queries(Path(__file__).with_name("retrace.sql"))


def retrace(tx: Transaction, workspace_id: WorkspaceId, moment: datetime) -> list[int]:
    """People, who belongs to them and what was said of them as of `moment`, by the evidence up to then.

    The answer: identities of which something was said later. What stood in its place before that only the history
    knows; it has to be told again.
    """
    place = {"workspace_id": workspace_id, "moment": moment}
    _queries.execute(tx, "forget_later", **place)
    moved = _regroup(tx, workspace_id)
    lost = [row[0] for row in _queries.tuples(tx, "forget_traits", **place)]
    _queries.execute(tx, "people", **place)
    concerned = [row[0] for row in _queries.tuples(tx, "people_of", workspace_id=workspace_id, ids=[*lost, *moved])]
    portraits.refold(tx, workspace_id, concerned, graph.phone_region(tx, workspace_id))
    return lost


def _regroup(tx: Transaction, workspace_id: WorkspaceId) -> list[int]:
    """Those who were regrouped stand where the evidence that is left puts them; their identities."""
    rows = _queries.tuples(tx, "regrouped", workspace_id=workspace_id)
    nodes = {
        id_: Node(id=id_, name=Identifier(kind, value), profile_id=profile, home_id=home)
        for id_, kind, value, profile, home in rows
    }
    if not nodes:
        return []
    links = _queries.rows(tx, "links", Link, workspace_id=workspace_id, ids=sorted(nodes))
    groups = cluster({one.id: one.name for one in nodes.values()}, links, LIMITS).groups
    profiles = settle(groups, nodes)
    fresh = graph.new_profile_ids(tx, profiles.count(None))
    placed = {
        one: fresh.pop() if profile is None else profile
        for group, profile in zip(groups, profiles, strict=True)
        for one in group[:1]
    }
    whose = {one: placed[group[0]] for group in groups for one in group}
    _queries.execute(tx, "place", workspace_id=workspace_id, ids=list(whose), profiles=list(whose.values()))
    return list(whose)
