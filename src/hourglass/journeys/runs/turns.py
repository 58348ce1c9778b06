"""Turns of a throttle: so many in each span of time, given out in the order in which runs come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from hourglass.journeys.runs.rolling import Rolling
from hourglass.journeys.steps import Run, Turns
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("turns.sql"))


def give_turns(
    tx: Transaction, workspace_id: WorkspaceId, journey_id: int, turns: Turns, runs: Sequence[Run]
) -> list[datetime | None]:
    """When the turn of each run is; None: it passes now. The count is this transaction's until it ends.

    Who waited for a turn comes before those who are new. A turn that nobody uses is not given again. After an outage
    those whose turn has gone by come after each other, as many at once as may.
    """
    place = {"workspace_id": workspace_id, "journey_id": journey_id, "step": turns.key}
    given, passed = _counted(tx, place, turns)
    late: Rolling | None = None
    answers: dict[int, datetime | None] = {}
    for run in sorted(runs, key=lambda one: (not one.woken, one.moment, one.entry_seq, one.id)):
        turn = run.moment if run.woken else given.take(run.moment)
        if turn == run.moment and passed.free(turn) == turn:
            passed.take(turn)
            answers[run.id] = None
            continue
        if turn == run.moment:
            late = late or passed.copy()
            turn = late.take(turn)
        answers[run.id] = turn
    _queries.execute(
        tx, "keep", **place, given_at=given.moments, given=given.counts, passed_at=passed.moments, passed=passed.counts
    )
    return [answers[run.id] for run in runs]


def _counted(tx: Transaction, place: Mapping[str, object], turns: Turns) -> tuple[Rolling, Rolling]:
    """The turns that were given out and those that were used, as the last transaction left them; a second one waits."""
    _queries.execute(tx, "open", **place)
    [(given_at, given, passed_at, passed)] = _queries.tuples(tx, "counted", **place)
    return (
        Rolling(turns.at_most, turns.per, given_at, given),
        Rolling(turns.at_most, turns.per, passed_at, passed),
    )
