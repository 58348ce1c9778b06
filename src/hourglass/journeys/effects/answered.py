"""What came of a call, as an event: it enters by the log and moves the run on, which knows it by its proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Struct

from hourglass import log
from hourglass.events import envelope
from hourglass.history import Batch
from hourglass.journeys.effects.post import Tried
from hourglass.journeys.steps import ANSWERED
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVENT_FIELDS

_queries = Queries(Path(__file__).with_name("calls.sql"))


class Answered(Struct, frozen=True, kw_only=True):
    """Whose call it was. `proof` is known to us alone."""

    run_id: int
    visit: str
    journey: str
    step: str
    tries: int
    proof: UUID


def tell_answer(
    tx: Transaction,
    workspace_id: WorkspaceId,
    about: Answered,
    who: tuple[str, str],
    tried: Tried,
    mark: str,
    now: datetime,
    partitions: int,
) -> None:
    """Append the event to the log. The same answer twice is one event. `who`: an identifier of the person."""
    body: dict[str, Any] = {
        "event": ANSWERED,
        "messageId": mark,
        "timestamp": now.isoformat(),
        EVENT_FIELDS[who[0]]: who[1],
        "properties": {
            "journey": about.journey,
            "step": about.step,
            "run": about.run_id,
            "visit": about.visit,
            "ok": tried.ok,
            "status": tried.status,
            "response": tried.response,
            "detail": tried.detail or None,
            "tries": about.tries,
            "proof": about.proof.hex,
        },
    }
    log.append(tx, workspace_id, [envelope("track", body)], now, partitions)


def genuine(tx: Transaction, workspace_id: WorkspaceId, batch: Batch) -> Mapping[int, tuple[int, str]]:
    """The (run, visit) that each answer in a batch is about, by its place; what others made up is not there."""
    if ANSWERED not in batch.names:
        return {}
    said: dict[int, tuple[int, str, str]] = {}
    for place, event in enumerate(batch.events):
        if event.name == ANSWERED:
            run, visit, proof = (event.properties.get(name) for name in ("run", "visit", "proof"))
            if isinstance(run, int) and 0 < run < 2**63 and isinstance(visit, str) and _is_proof(proof):
                said[place] = (run, visit, str(proof))
    if not said:
        return {}
    runs, visits, proofs = zip(*said.values(), strict=True)
    place = {"workspace_id": workspace_id, "runs": list(runs), "visits": list(visits), "proofs": list(proofs)}
    ours = {(run, visit) for run, visit in _queries.tuples(tx, "genuine", **place)}
    return {place: (run, visit) for place, (run, visit, _) in said.items() if (run, visit) in ours}


def _is_proof(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False
