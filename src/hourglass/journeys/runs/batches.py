"""Batches: runs that wait for each other, counted as they come and let go together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.journeys.steps import Gathering, Run
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("batches.sql"))
_TELL_APART = timedelta(microseconds=1)


class Complete(Struct, frozen=True):
    """A batch that is complete: those who wait for it stand on this step until that very moment."""

    journey_id: int
    step: str
    deadline: datetime


def gather(
    tx: Transaction, workspace_id: WorkspaceId, journey_id: int, gathering: Gathering, runs: Sequence[Run]
) -> tuple[list[datetime | None], list[Complete]]:
    """Until when each waits (None: it goes on now), and which batches it completes that others wait for.

    The count is this transaction's until it ends. The moment until which a batch waits is its own: no other has it.
    """
    place = {"workspace_id": workspace_id, "journey_id": journey_id, "step": gathering.key}
    _queries.execute(tx, "open", **place)
    [(deadline, gathered)] = _queries.tuples(tx, "standing", **place)
    answers: dict[int, datetime | None] = {}
    mine: list[Run] = []
    complete: list[Complete] = []
    for run in sorted(runs, key=lambda one: (one.moment, one.entry_seq, one.id)):
        if gathered == 0 or run.moment >= deadline:
            deadline, gathered, mine = max(run.moment + gathering.span, deadline + _TELL_APART), 0, []
        gathered += 1
        mine.append(run)
        answers[run.id] = deadline
        if gathered >= gathering.size:
            answers.update((one.id, None) for one in mine)
            if gathered > len(mine):
                complete.append(Complete(journey_id, run.step, deadline))
            gathered = 0
    _queries.execute(tx, "keep", **place, deadline=deadline, gathered=gathered)
    return [answers[run.id] for run in runs], complete


def let_go(tx: Transaction, workspace_id: WorkspaceId, complete: Sequence[Complete], now: datetime) -> None:
    """Wake those who wait for a batch that is complete; called when everything else of the tick is written."""
    if complete:
        _queries.execute(
            tx,
            "let_go",
            workspace_id=workspace_id,
            now=now,
            journeys=[one.journey_id for one in complete],
            steps=[one.step for one in complete],
            deadlines=[one.deadline for one in complete],
        )
