"""The past once more, through the same engine, on a clock that jumps from what happened to what falls due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from hourglass import log
from hourglass.backtest.past.past import Past
from hourglass.backtest.release import Release
from hourglass.engine import Engine
from hourglass.journeys import OnCall, OnEvent, OnProduct, Sweep, Way, next_occasion
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

    def __init__(self, inside: Database, workspace: Workspace, past: Past, grain: timedelta, way: Way) -> None:
        """`grain`: what falls due within so long is done at once; zero is as exact as life. `way`: into the journey."""
        self._inside = inside
        self._workspace = workspace
        self._past = past
        self._grain = grain
        self._way = way
        self._sweep = None if isinstance(way, OnEvent | OnCall) else Sweep()
        self._engine = Engine()
        self._rehearsal = Rehearsal()
        self._place = 0
        self._seq = 0
        self._ticks = 0
        self._last = datetime.max.replace(tzinfo=UTC)

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
        self._last = stop - datetime.resolution
        now, due, idle = start, self._look(start), False
        while True:
            if due is not None and idle:
                due = max(due, now + _STUCK)
            occasion = next_occasion(self._way, self._workspace, now)
            following = [one for one in (self._past.next_heard(self._place), due, occasion) if one is not None]
            if not following or (moment := max(now, min(following))) >= stop:
                return Told(ticks=self._ticks, events=self._past.told)
            with self._inside.transaction() as tx:
                plan_by_index(tx)
                now, idle, due = self._tick(tx, moment, release)
            if isinstance(self._way, OnProduct) or (occasion is not None and occasion <= now):
                found = self._look(now)
                due, idle = (due, idle) if found is None else (found, False)

    def _look(self, now: datetime) -> datetime | None:
        """Look for occasions that no event tells of; now, if somebody stands at the door for one."""
        return now if self._sweep is not None and self._sweep.look(self._inside, self._workspace, now) else None

    def _stop(self, moment: datetime) -> datetime:
        """Where the clock stops for what happens at a moment: right there, or at the end of its grain."""
        if not self._grain:
            return moment
        rest = (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % self._grain
        return min(self._last, moment + self._grain - rest) if rest else moment

    def _tick(self, tx: Transaction, moment: datetime, release: Release) -> tuple[datetime, bool, datetime | None]:
        """One tick for a moment and what follows within the grain; where the clock is, and what is due next."""
        stop = self._stop(moment)
        end = self._past.until(self._place, stop, _MOST)
        left = self._past.moment(end)
        moment = stop if left is None or left > stop else self._past.moment(end - 1) or stop
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
