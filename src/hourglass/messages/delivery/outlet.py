"""One provider at work: connections that hand messages over side by side, and a rest when the provider is away."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import structlog
from msgspec import Struct

from hourglass.channels import Outcome, Outgoing, Receipt, Sender
from hourglass.messages.delivery.attempts import Attempt
from hourglass.messages.delivery.held import Held
from hourglass.messages.delivery.journal import Journal
from hourglass.messages.outbox.claim import Lane

_say = structlog.get_logger(__name__)
_FIRST_REST, _LONGEST_REST = 1.0, 60.0

Done = Callable[[Attempt, Receipt], None]
Returned = Callable[[Attempt], None]


class Parcel(Struct, frozen=True, kw_only=True):
    """A message ready to leave, with its attempt."""

    attempt: Attempt
    message: Outgoing
    lane: Lane = Lane.TRIGGERED


class Outlet:
    """Messages go in by `put`; each comes out once: with a receipt by `done`, or untried by `returned`."""

    def __init__(self, sender: Sender, journal: Journal, held: Held, done: Done, returned: Returned) -> None:
        self._sender = sender
        self._journal = journal
        self._held = held
        self._done = done
        self._returned = returned
        self._waiting: dict[Lane, deque[Parcel]] = {lane: deque() for lane in Lane}
        self._some = asyncio.Event()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._rest = 0.0
        self._awake_at = 0.0

    @property
    def open(self) -> bool:
        """Whether the provider may be asked."""
        return asyncio.get_running_loop().time() >= self._awake_at

    def put(self, parcel: Parcel) -> None:
        """Give a message to the connections; one that somebody waits for overtakes campaigns."""
        self._waiting[parcel.lane].append(parcel)
        self._some.set()

    def give_back(self) -> None:
        """Return what no connection has taken: surely not handed over."""
        for waiting in self._waiting.values():
            while waiting:
                self._returned(waiting.popleft().attempt)

    async def finished(self, timeout: float) -> None:
        """Wait for what is being handed over right now."""
        while self._under_way:
            self._idle.clear()
            try:
                await asyncio.wait_for(self._idle.wait(), timeout)
            except TimeoutError:
                return

    async def run(self) -> None:
        """Keep the connections at work until cancelled."""
        async with asyncio.TaskGroup() as connections:
            for _ in range(self._sender.parallel):
                connections.create_task(self._connection())

    async def close(self) -> None:
        """Say good-bye to the provider."""
        await self._sender.close()

    async def _connection(self) -> None:
        while True:
            while not any(self._waiting.values()):
                self._some.clear()
                await self._some.wait()
            parcels = self._next()
            self._under_way += len(parcels)
            try:
                await self._hand_over(parcels)
            finally:
                self._under_way -= len(parcels)
                self._idle.set()

    def _next(self) -> list[Parcel]:
        """As many as one call takes; what was withheld meanwhile stays here."""
        parcels: list[Parcel] = []
        waiting = next((one for one in self._waiting.values() if one), None)
        while waiting and len(parcels) < self._sender.batch:
            parcel = waiting.popleft()
            if self._held.may_leave(parcel.attempt.id):
                parcels.append(parcel)
            else:
                self._returned(parcel.attempt)
        return parcels

    async def _hand_over(self, parcels: list[Parcel]) -> None:
        if not parcels:
            return
        ids = [parcel.attempt.id for parcel in parcels]
        try:
            self._journal.begin(ids)
        except OSError as error:  # what leaves unnoted could leave twice
            self._waiting[parcels[0].lane].extendleft(reversed(parcels))
            self._go_to_rest(f"The journal cannot be written: {error}")
            return
        receipts = await self._send([parcel.message for parcel in parcels])
        self._journal.answer(ids, receipts)
        for parcel, receipt in zip(parcels, receipts, strict=True):
            self._done(parcel.attempt, receipt)
        if any(receipt.outcome is Outcome.UNREACHABLE for receipt in receipts):
            self._go_to_rest(receipts[-1].detail)
        else:
            self._rest = 0.0

    async def _send(self, messages: list[Outgoing]) -> list[Receipt]:
        try:
            return await self._sender.send(messages)
        except Exception as error:  # noqa: BLE001 - a plug-in must not raise; when one does, nobody knows what had left
            _say.exception("sender_failed")
            return [Receipt(outcome=Outcome.UNKNOWN, detail=f"{type(error).__name__}: {error}") for _ in messages]

    def _go_to_rest(self, why: str) -> None:
        """Twice as long each time, a minute at most; the connections notice together."""
        if self.open:
            self._rest = min(_LONGEST_REST, max(_FIRST_REST, self._rest * 2))
            self._awake_at = asyncio.get_running_loop().time() + self._rest
            _say.warning("provider_rests", why=why, seconds=self._rest)
        self.give_back()
