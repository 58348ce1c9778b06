"""Holds a journey against live data: what is missing, what was probably not meant, how many people to expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from hourglass.backtest.check.collisions import collisions
from hourglass.backtest.check.graph import graph_todos
from hourglass.backtest.check.names import named, unknown
from hourglass.backtest.check.references import reference_todos
from hourglass.backtest.check.templates import template_todos
from hourglass.backtest.check.todo import Todo
from hourglass.backtest.check.traffic import traffic_of, traffic_todos
from hourglass.definitions import Document, Kinds
from hourglass.journeys import Journey, read_journey
from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Transaction

_LATELY = timedelta(days=30)
_ORDER = {"must": 0, "should": 1, "know": 2}


class Checked(Struct, frozen=True, kw_only=True):
    """`ready`: nothing stands in the way of a launch. The list has what matters most first."""

    ready: bool
    todos: list[Todo]


def check(tx: Transaction, workspace: Workspace, document: Document, *, kinds: Kinds, now: datetime) -> Checked:
    """A journey that can be read; otherwise Malformed with the place, as when it is saved."""
    kinds.check(document)
    journey = read_journey(document)
    event = journey.entry.event
    traffic = traffic_of(tx, workspace, journey.program.awaited | ({event} if event else set()), now - _LATELY, now)
    found = in_order(
        [
            *unknown(tx, workspace.id, document, traffic.events),
            *standing(tx, workspace.id, document, journey),
            *traffic_todos(tx, workspace, journey, event, traffic, now),
        ]
    )
    return Checked(ready=all(one.weight != "must" for one in found), todos=found)


def standing(tx: Transaction, workspace_id: WorkspaceId, document: Document, journey: Journey) -> Iterator[Todo]:
    """What the journey itself tells, and what stands beside it: asked quickly, however long the history is."""
    yield from named(tx, workspace_id, journey)
    yield from graph_todos(journey)
    yield from reference_todos(tx, workspace_id, document, journey)
    yield from template_todos(tx, workspace_id, journey)
    yield from collisions(tx, workspace_id, document, journey)


def in_order(found: Iterable[Todo]) -> list[Todo]:
    """Each once, what matters most first."""
    once = {(one.code, one.path, one.words["en"]): one for one in found}
    return sorted(once.values(), key=lambda one: _ORDER[one.weight])
