"""The delivery role: due messages are claimed, pass the gate, are filled in, handed over, and recorded.

A claim is committed before anything leaves, and a note on disk precedes each hand-over; so a message leaves at most
once, and after a crash only the few under way are in doubt (see journal.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from random import Random, SystemRandom
from uuid import uuid4

import structlog
from msgspec.structs import replace

from hourglass.channels import Receipt, Sender
from hourglass.kernel import Clock, Settings
from hourglass.messages.delivery.attempts import Patience, resolve
from hourglass.messages.delivery.dispatch import Dispatch, Reports
from hourglass.messages.delivery.health import health_of, note_health
from hourglass.messages.delivery.held import Held
from hourglass.messages.delivery.intake import Intake, Taken
from hourglass.messages.delivery.journal import Journal
from hourglass.messages.delivery.lines import give_back, unused
from hourglass.messages.delivery.outcome import Resolved
from hourglass.messages.delivery.outlet import Outlet, Parcel
from hourglass.messages.delivery.prepare import prepare
from hourglass.messages.delivery.record import record
from hourglass.messages.delivery.recorder import PASSING, Recorder
from hourglass.messages.delivery.recovery import mend
from hourglass.messages.delivery.ways import DocumentedWays, FixedWays, Way, Ways
from hourglass.messages.outbox.claim import Lane
from hourglass.messages.tracking.tokens import load_signer
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)
_BATCH = 512  # what is asked about a batch is asked once
_SLICE = 8  # messages filled in before the connections get their turn
_REST, _REST_IN_A_HURRY = 3.0, 1.0
"""Longest pause of a lane that nobody wakes: new messages do, and what is due is known. A demo clock runs fast."""
_AGAIN = 0.25
_MEND = 60.0
_FAREWELL = 10.0


async def run(database: Database, clock: Clock, settings: Settings, stop: asyncio.Event) -> None:
    """Deliver until told to stop; what is under way is finished first. Raises Malformed for wrong settings."""
    await Delivery(database, clock, settings).run(stop)


class Delivery:
    """One delivery worker."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: Settings,
        senders: dict[str, Sender] | None = None,
        *,
        ways: Ways | None = None,
        patience: Patience | None = None,
        batch: int = _BATCH,
        chance: Random | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._patience = patience or Patience()
        self._batch = batch
        self._chance = chance or SystemRandom()
        self._signer = load_signer(settings.data)
        self._worker = uuid4()
        self._folder = settings.data / "delivery"
        self._journal = Journal(self._folder, self._worker)
        self._held = Held()
        known = FixedWays(senders) if senders is not None else ways or DocumentedWays(settings)
        self._intake = Intake(database, clock, self._worker, self._held, known)
        self._recorder = Recorder(self._write, self._written)
        reports = Reports(done=self._done, stuck=self._stuck, returned=self._returned, changed=self._changed)
        self._dispatch = Dispatch(self._journal, self._held, reports)
        self._news = asyncio.Event()
        self._wakes = {lane: asyncio.Event() for lane in Lane}
        self._stopping = False

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until told to stop. An unforeseen error ends it, in order, and is raised."""
        jobs = [
            self._recorder.run(),
            self._hear_new(),
            self._hear_withheld(),
            self._mend(),
            self._tell_health(),
            self._dispatch.run(),
        ]
        helpers = [asyncio.create_task(job) for job in jobs]
        working, stopping = asyncio.create_task(self._work()), asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([stopping, working, *helpers], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._leave(working)
            for task in (stopping, *helpers):
                task.cancel()
            ended = await asyncio.gather(working, *helpers, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _work(self) -> None:
        await asyncio.gather(*(self._serve(lane) for lane in Lane))

    async def _serve(self, lane: Lane) -> None:
        while not self._stopping:
            try:
                self._wakes[lane].clear()
                taken = await self._once(lane)
                if taken is not None and not taken.claims:
                    await self._sleep(taken.next_due, lane)
            except PASSING as error:
                _say.warning("delivery_waits", reason=str(error))
                await asyncio.sleep(_AGAIN)

    async def _once(self, lane: Lane) -> Taken | None:
        """Claim and prepare what is due in a lane; None when it is time to stop."""
        # Not more than two batches of a lane in hand, and nothing at all while the journal is cleared.
        if self._journal.large:
            await self._held.at_most(0)
        else:
            await self._held.at_most(self._batch, lane)
        if self._stopping:
            return None
        if self._journal.large:
            if self._held:
                return None  # the other lane was quicker; both wait until nothing is in hand
            self._journal.clear()
        resting, rooms = self._dispatch.resting(), self._dispatch.rooms()
        taken = await self._intake.take(resting, self._batch, self._recorder.put, lane, rooms)
        await self._prepare(taken)
        return taken

    async def _prepare(self, taken: Taken) -> None:
        results = prepare(taken.candidates, self._signer, self._settings.base_url(), self._clock.now())
        while some := list(islice(results, _SLICE)):
            for one in some:
                if isinstance(one, Resolved):
                    self._recorder.put(one)
                else:
                    channel, parcel = one
                    ways = taken.ways.get((parcel.attempt.workspace_id, channel), ())
                    self._dispatch.put(replace(parcel, ways=ways))
            await asyncio.sleep(0)

    async def _sleep(self, due: datetime | None, lane: Lane) -> None:
        """Until somebody wakes us or something falls due."""
        pause = _REST if self._clock.pace() == 1 else _REST_IN_A_HURRY
        if due is not None:
            pause = min(pause, max(0.002, (due - self._clock.now()) / timedelta(seconds=1)))
        try:
            await asyncio.wait_for(self._wakes[lane].wait(), pause)
        except TimeoutError:
            return

    def _done(self, parcel: Parcel, way: Way, receipt: Receipt) -> None:
        now = self._clock.now()
        outcome = resolve(parcel.attempt, receipt, now, self._patience, self._chance, way.fate)
        left = way.place == parcel.via and not outcome.forgiven
        self._put(replace(outcome, provider=way.name), None if left else parcel)

    def _put(self, outcome: Resolved, uncounted: Parcel | None) -> None:
        """To be recorded; what was counted on the limits of a provider and did not leave by it counts no more."""
        line = None if uncounted is None else unused(uncounted.via, uncounted.attempt.address)
        self._recorder.put(outcome if line is None else replace(outcome, unused=line))

    def _stuck(self, parcel: Parcel, seconds: float) -> None:
        """Every provider rests, or there is none."""
        now = self._clock.now()
        reason = "provider_unreachable" if parcel.ways else "no_provider"
        # Where the whole channel rests, nothing is claimed for it until somebody is awake.
        waits = timedelta(seconds=seconds) * self._clock.pace()
        until = now if {way.channel for way in parcel.ways} & self._dispatch.resting() else now + waits
        self._put(parcel.attempt.waits(until, now, reason, forgiven=True), parcel)

    def _returned(self, parcel: Parcel) -> None:
        now = self._clock.now()
        self._put(parcel.attempt.waits(now, now, None, forgiven=True), parcel)

    def _changed(self, _: Outlet) -> None:
        self._news.set()

    async def _tell_health(self) -> None:
        """Write down how providers do, when that changes and now and then."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), _MEND)
            self._news.clear()
            states = [health_of(one, self._clock) for one in self._dispatch.outlets]
            try:
                await asyncio.to_thread(note_health, self._database, self._worker, states, self._clock.now())
            except PASSING as error:
                _say.warning("health_not_noted", reason=str(error))

    def _write(self, resolved: Sequence[Resolved]) -> None:
        with self._database.transaction() as tx:
            record(tx, self._worker, resolved, self._clock.now(), self._settings.partitions)
            give_back(tx, [one.unused for one in resolved if one.unused is not None], self._clock.now())

    def _written(self, resolved: Sequence[Resolved]) -> None:
        self._held.release(one.id for one in resolved)
        if any(one.state == "queued" and one.not_before is not None and one.not_before <= one.at for one in resolved):
            self._wake()  # somebody gave them back untried: another provider may take them now

    async def _hear_new(self) -> None:
        await self._hear("hourglass_outbox", self._awake)

    async def _hear_withheld(self) -> None:
        """Messages may be withheld after we claimed them. On a channel of its own: it is rare, new messages are not."""
        await self._hear("hourglass_withheld", self._withdraw)

    async def _hear(self, channel: str, act: Callable[[], Awaitable[None]]) -> None:
        listener = self._database.listen_async(channel)
        try:
            while True:
                if await listener.wait(_MEND):
                    await act()
        finally:
            listener.close()

    async def _awake(self) -> None:
        self._wake()

    def _wake(self) -> None:
        for wake in self._wakes.values():
            wake.set()

    async def _withdraw(self) -> None:
        try:
            self._held.withdraw(await self._intake.withheld_meanwhile())
        except PASSING as error:
            _say.warning("delivery_waits", reason=str(error))

    async def _mend(self) -> None:
        """At the start and now and then: what dead workers left behind, and messages that nobody can carry."""
        while True:
            try:
                channels = await asyncio.to_thread(self._intake.channels)
                await asyncio.to_thread(
                    mend, self._database, self._folder, channels, self._clock.now(), self._settings, self._patience
                )
            except PASSING as error:
                _say.warning("recovery_waits", reason=str(error))
                await asyncio.sleep(_AGAIN)
                continue
            await self._awake()
            await asyncio.sleep(_MEND)

    async def _leave(self, working: asyncio.Task[None]) -> None:
        """Finish what is under way and give the rest back; what cannot be recorded now, the journal tells later."""
        self._stopping = True
        await self._awake()
        self._dispatch.give_back()
        await asyncio.wait([working], timeout=_FAREWELL)
        working.cancel()
        self._dispatch.give_back()
        await self._dispatch.close(_FAREWELL)
        await self._recorder.settled(_FAREWELL)
        if not self._held:
            self._journal.remove()
