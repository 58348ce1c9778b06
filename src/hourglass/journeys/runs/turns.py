"""Turns of a throttle: so many in each period of the clock, given out in the order in which runs come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.journeys.steps import Run, Turns
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("turns.sql"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Count(Struct, kw_only=True):
    """Periods are counted from 1970 in their own length.

    `last` and `given`: the plan; `this` and `passed`: what came of it, which differs when the engine was away.
    """

    last: int
    given: int
    this: int
    passed: int

    def plan(self, period: int, at_most: int) -> int:
        """The period of the next turn, not before this one."""
        if period > self.last:
            self.last, self.given = period, 0
        elif self.given >= at_most:
            self.last, self.given = self.last + 1, 0
        self.given += 1
        return self.last

    def let_pass(self, period: int, at_most: int) -> bool:
        """Whether one more may pass in this period."""
        if period > self.this:
            self.this, self.passed = period, 0
        if period < self.this or self.passed >= at_most:
            return False
        self.passed += 1
        return True


def give_turns(
    tx: Transaction, workspace_id: WorkspaceId, journey_id: int, turns: Turns, runs: Sequence[Run]
) -> list[datetime | None]:
    """When the turn of each run is; None: it passes now. The count is this transaction's until it ends.

    Who waited for a turn comes before those who are new. A turn that nobody uses is not given again.
    """
    place = {"workspace_id": workspace_id, "journey_id": journey_id, "step": turns.key}
    count = _counted(tx, place, turns.per)
    answers: dict[int, datetime | None] = {}
    for run in sorted(runs, key=lambda one: (not one.woken, one.moment, one.entry_seq, one.id)):
        now = (run.moment - _EPOCH) // turns.per
        period = now if run.woken else count.plan(now, turns.at_most)
        if period == now and not count.let_pass(now, turns.at_most):
            period = max(now, count.this) + 1
        answers[run.id] = None if period == now else _EPOCH + period * turns.per
    _queries.execute(
        tx,
        "keep",
        **place,
        last=_EPOCH + count.last * turns.per,
        given=count.given,
        this=_EPOCH + count.this * turns.per,
        passed=count.passed,
    )
    return [answers[run.id] for run in runs]


def _counted(tx: Transaction, place: Mapping[str, object], per: timedelta) -> _Count:
    """As the last transaction left it; who comes second waits for the first."""
    _queries.execute(tx, "open", **place)
    [(last, given, this, passed)] = _queries.tuples(tx, "counted", **place)
    return _Count(last=(last - _EPOCH) // per, given=given, this=(this - _EPOCH) // per, passed=passed)
