"""The check that runs by itself when a journey is saved: quick, and of a live one only."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from hourglass.backtest.check.check import in_order, standing
from hourglass.backtest.check.names import unknown
from hourglass.backtest.check.templates import PAGES
from hourglass.backtest.check.todo import Todo, todo
from hourglass.definitions import Document, Doubt
from hourglass.journeys import JOURNEY, Journey, read_journey
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("check.sql"))


def launch_doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """Those that journeys have of their own, then the to-do list."""
    own = [] if JOURNEY.doubts is None else JOURNEY.doubts(tx, workspace_id, document)
    return [*own, *(_doubt(one) for one in _todos(tx, workspace_id, document))]


def launch_demands(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """Only what has to be done before it can work."""
    return [_doubt(one) for one in _todos(tx, workspace_id, document) if one.weight == "must"]


CHECKED_JOURNEY = replace(JOURNEY, doubts=launch_doubts, demands=launch_demands)


def _todos(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Todo]:
    if document.get("state", "live") != "live":
        return []
    journey = read_journey(document)
    event = journey.entry.event
    found = [*standing(tx, workspace_id, document, journey), *_volume(tx, workspace_id, journey)]
    told = {event} if event and any(one.code == "event_never" for one in found) else set[str]()
    return in_order([*unknown(tx, workspace_id, document, told), *found])


def _volume(tx: Transaction, workspace_id: WorkspaceId, journey: Journey) -> list[Todo]:
    """How many to expect a day, told by the newest pages of the history; or who is in the segment now."""
    event, segment = journey.entry.event, journey.entry.segment
    if event is not None:
        place = {"workspace_id": workspace_id, "event": event, "pages": PAGES}
        ((known, daily),) = _queries.tuples(tx, "daily", **place)
        if not known:
            return [todo("must", "event_never", "entry.event", event=event)]
        if daily:
            return [
                todo("know", "daily", "entry", event=event, daily=f"{daily:,.0f}" if daily >= 1 else f"{daily:.1f}")
            ]
    if segment is not None:
        size = _queries.scalar(tx, "members", workspace_id=workspace_id, segment=segment)
        return [] if size is None else [todo("know", "members", "entry", segment=segment, size=f"{size:,}")]
    return []


def _doubt(one: Todo) -> Doubt:
    return Doubt(path=one.path, message=one.words["en"])
