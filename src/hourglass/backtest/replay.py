"""The past once more, through the same engine, on a clock that jumps from what happened to what falls due."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from hourglass import log
from hourglass.backtest.past.past import Past
from hourglass.backtest.release import Release
from hourglass.engine import Engine
from hourglass.kernel import Workspace
from hourglass.messages import Rehearsal
from hourglass.postgres import Database, Transaction, plan_by_index

_MOST = 5000
_ONLY = [0]
_NEWS_PLACE = 50_000
_STUCK = timedelta(minutes=1)


class Told(Struct, frozen=True, kw_only=True):
    """What the replay did."""

    ticks: int
    events: int


class Replay:
    """One run through a period in a scratch that was filled for it."""

    def __init__(self, inside: Database, workspace: Workspace, past: Past, grain: timedelta) -> None:
        """`grain`: what falls due within so long is done at once; zero is as exact as life."""
        self._inside = inside
        self._workspace = workspace
        self._past = past
        self._grain = grain
        self._engine = Engine()
        self._rehearsal = Rehearsal()
        self._place = 0
        self._seq = 0
        self._ticks = 0

    def settle(self, moment: datetime) -> None:
        """Everything that is due already: segments find their members before the journey is there."""
        while True:
            with self._inside.transaction() as tx:
                plan_by_index(tx)
                self._engine.tick(tx, self._workspace, [], moment, due=moment)
                due = self._engine.next_due(tx, self._workspace)
            if due is None or due > moment:
                return

    def run(self, start: datetime, stop: datetime, *, segments: bool) -> Told:
        """Tell the past from `start` to `stop`."""
        with self._inside.transaction() as tx:
            release = Release(tx, self._workspace.id, segments=segments)
        now, due, idle = start, None, False
        while True:
            told = self._past.moment(self._place)
            if due is not None and idle:
                due = max(due, now + _STUCK)
            if (moment := self._next(now, told, due)) is None or moment >= stop:
                return Told(ticks=self._ticks, events=self._past.told)
            with self._inside.transaction() as tx:
                plan_by_index(tx)
                now, idle, due = self._tick(tx, moment, due, release)

    def _next(self, now: datetime, told: datetime | None, due: datetime | None) -> datetime | None:
        """When something happens next: an event, or what falls due, which may wait for others as long as the grain."""
        if due is not None and self._grain and due > now:
            due += self._grain - (due - datetime.min.replace(tzinfo=due.tzinfo)) % self._grain
        moments = [one for one in (told, due) if one is not None]
        return max(now, min(moments)) if moments else None

    def _tick(
        self, tx: Transaction, moment: datetime, due: datetime | None, release: Release
    ) -> tuple[datetime, bool, datetime | None]:
        """One tick at a moment, or a little later where events follow within the grain; what is due next."""
        limit = moment + self._grain
        if due is not None and self._grain:
            limit = max(moment, min(limit, self._next(moment, None, due) or limit))
        end = self._past.until(self._place, limit, _MOST)
        if end > self._place:
            moment = max(moment, self._past.moment(end - 1) or moment)
        release.until(tx, moment)
        chunks = [*self._news(tx), *self._past.chunks(self._place, end)]
        self._place = end
        report = self._engine.tick(tx, self._workspace, chunks, moment, due=moment)
        done = self._rehearsal.deliver(tx, moment)
        self._ticks += 1
        if chunks:
            self._seq = chunks[-1].seq
        moments = (self._engine.next_due(tx, self._workspace), self._rehearsal.next_due(tx))
        return moment, report.idle and not done, min((one for one in moments if one is not None), default=None)

    def _news(self, tx: Transaction) -> list[log.Chunk]:
        """What came of messages of the rehearsal, told as it is in life; right after the events before."""
        chunks = log.claim(tx, _ONLY, _MOST)
        return [
            replace(chunk, seq=self._seq, first_place=_NEWS_PLACE + self._ticks % 400 * 100 + i)
            for i, chunk in enumerate(chunks)
        ]
