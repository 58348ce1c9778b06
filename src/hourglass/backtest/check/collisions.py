"""Other live journeys that begin by the same occasion."""

from __future__ import annotations

from collections.abc import Iterator

from hourglass.backtest.check.todo import Todo, todo
from hourglass.definitions import Document, live
from hourglass.journeys import JOURNEY, Journey, OnDate, OnProduct, read_journey
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction


def collisions(tx: Transaction, workspace_id: WorkspaceId, document: Document, journey: Journey) -> Iterator[Todo]:
    """Each by its name."""
    mine = _occasion(journey)
    for other in live(tx, workspace_id, JOURNEY.name) if mine else ():
        if other.key != document.get("key") and _occasion(read_journey(other.body)) == mine:
            yield todo("know", "collision", "entry", name=other.name)


def _occasion(journey: Journey) -> tuple[str, str] | None:
    """By what people come in, in general; None for those who are put in."""
    match journey.entry.way:
        case OnDate(trait=trait):
            return "date", trait
        case OnProduct(change=change):
            return "product", change
        case _:
            told = journey.entry.event or journey.entry.segment
            return None if told is None else ("event" if journey.entry.event else "segment", told)
