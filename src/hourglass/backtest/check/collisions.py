"""Other live journeys that begin by the same occasion."""

from __future__ import annotations

from collections.abc import Iterator

from hourglass.backtest.check.todo import Todo, todo
from hourglass.definitions import Document, live
from hourglass.journeys import JOURNEY, Journey, OnDate, OnProduct, OnSchedule, OnSegment, read_journey
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction

_MOST = 3


def collisions(tx: Transaction, workspace_id: WorkspaceId, document: Document, journey: Journey) -> Iterator[Todo]:
    """By their names, some of them where there are many."""
    mine = _occasion(journey)
    if mine is None:
        return
    others = [one for one in live(tx, workspace_id, JOURNEY.name) if one.key != document.get("key")]
    names = [one.name for one in others if _occasion(read_journey(one.body)) == mine]
    if names:
        more = f" (+{len(names) - _MOST})" if len(names) > _MOST else ""
        told = (", ".join(f"{left}{name}{right}" for name in names[:_MOST]) + more for left, right in ("“”", "«»"))
        yield todo("know", "collision", "entry", **dict(zip(("names", "names_ru"), told, strict=True)))


def _occasion(journey: Journey) -> tuple[str, str] | None:
    """By what people come in, in general; None for those who are put in."""
    match journey.entry.way:
        case OnDate(trait=trait):
            return "date", trait
        case OnProduct(change=change):
            return "product", change
        case OnSegment(segment=segment, on=on):
            return f"segment {on}", segment
        case OnSchedule(segment=segment):
            return "schedule", segment
        case _:
            return None if journey.entry.event is None else ("event", journey.entry.event)
