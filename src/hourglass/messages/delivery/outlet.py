"""One provider at work: connections that hand messages over side by side, and a rest when the provider is away."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import structlog
from msgspec import Struct

from hourglass.channels import Outcome, Outgoing, Receipt, Sender
from hourglass.messages.delivery.attempts import Attempt
from hourglass.messages.delivery.breaker import Breaker
from hourglass.messages.delivery.held import Held
from hourglass.messages.delivery.journal import Journal
from hourglass.messages.delivery.ways import Place, Way
from hourglass.messages.outbox.claim import Lane

_say = structlog.get_logger(__name__)


class Parcel(Struct, frozen=True, kw_only=True):
    """A message ready to leave, with its attempt and the providers that may take it, best first."""

    attempt: Attempt
    message: Outgoing
    lane: Lane = Lane.TRIGGERED
    ways: tuple[Way, ...] = ()
    via: Place | None = None
    """Whose limits let it leave; any other provider that has limits must be asked first."""
    by_budget: bool = False
    """Budgets speak of providers: whoever else is to carry it must be asked first."""

    def foreign(self, way: Way) -> bool:
        """Whether it must not leave by this one before that one's limits and budgets were asked about it."""
        return way.place != self.via and (self.by_budget or way.limits is not None)


Done = Callable[[Parcel, Way, Receipt], None]
Untried = Callable[[Parcel], None]


class Outlet:
    """Messages go in by `put`; each comes out once: with a receipt by `done`, untried by `again`, or by `withdrawn`."""

    def __init__(
        self, way: Way, sender: Sender, journal: Journal, held: Held, done: Done, again: Untried, withdrawn: Untried
    ) -> None:
        self.way = way
        self.breaker = Breaker()
        self.changed: Callable[[Outlet], None] = lambda _: None
        self._sender = sender
        self._journal = journal
        self._held = held
        self._done = done
        self._again = again
        self._withdrawn = withdrawn
        self._waiting: dict[Lane, deque[Parcel]] = {lane: deque() for lane in Lane}
        self._some = asyncio.Event()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._retired = False

    @property
    def rests(self) -> bool:
        """Whether nobody may ask the provider at this moment."""
        return self.breaker.rests(_now())

    @property
    def seconds(self) -> float:
        """How long until it may be asked again."""
        return self.breaker.seconds(_now())

    @property
    def room(self) -> int | None:
        """How many may be planned for it; None: all."""
        return self.breaker.room(_now())

    def admits(self) -> bool:
        """Whether this one message may go in; after a rest only the first, to see how things are."""
        return self.breaker.admits(_now())

    def put(self, parcel: Parcel) -> None:
        """Give a message to the connections; one that somebody waits for overtakes campaigns."""
        self._waiting[parcel.lane].append(parcel)
        self._some.set()

    def give_back(self) -> None:
        """Return what no connection has taken: surely not handed over."""
        back = [parcel for waiting in self._waiting.values() for parcel in waiting]
        for waiting in self._waiting.values():
            waiting.clear()
        for parcel in back:
            self._again(parcel)

    def retire(self) -> None:
        """Another one with newer settings takes its place: it finishes what it has begun."""
        self._retired = True
        self._some.set()

    async def finished(self, timeout: float) -> None:
        """Wait for what is being handed over right now."""
        while self._under_way:
            self._idle.clear()
            try:
                await asyncio.wait_for(self._idle.wait(), timeout)
            except TimeoutError:
                return

    async def run(self) -> None:
        """Keep the connections at work until cancelled, or until it is retired and empty."""
        async with asyncio.TaskGroup() as connections:
            for _ in range(self._sender.parallel):
                connections.create_task(self._connection())
        await self.close()

    async def close(self) -> None:
        """Say good-bye to the provider."""
        await self._sender.close()

    async def _connection(self) -> None:
        while True:
            while not any(self._waiting.values()):
                if self._retired:
                    return
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
                self.breaker.back()
                self._withdrawn(parcel)
        return parcels

    async def _hand_over(self, parcels: list[Parcel]) -> None:
        if not parcels:
            return
        ids = [parcel.attempt.id for parcel in parcels]
        try:
            self._journal.begin(ids, self.way.fate)
        except OSError as error:  # what leaves unnoted could leave twice
            self._away(f"The journal cannot be written: {error}")
            for parcel in parcels:
                self._again(parcel)
            return
        receipts = await self._send([parcel.message for parcel in parcels])
        self._journal.answer(ids, receipts)
        self._judge(receipts)
        for parcel, receipt in zip(parcels, receipts, strict=True):
            self._done(parcel, self.way, receipt)

    async def _send(self, messages: list[Outgoing]) -> list[Receipt]:
        try:
            return await self._sender.send(messages)
        except Exception as error:  # noqa: BLE001 - a plug-in must not raise; when one does, nobody knows what had left
            _say.exception("sender_failed")
            return [Receipt(outcome=Outcome.UNKNOWN, detail=f"{type(error).__name__}: {error}") for _ in messages]

    def _judge(self, receipts: list[Receipt]) -> None:
        """What the answers say about the provider itself."""
        away = [receipt for receipt in receipts if receipt.outcome is Outcome.UNREACHABLE]
        if away:
            self._away(away[-1].detail, max(one.retry_after or 0.0 for one in away))
            return
        for receipt in receipts:
            refused = receipt.outcome is Outcome.REFUSED_TEMPORARY
            if self.breaker.answered(refused=refused, now=_now()):
                self.changed(self)
        if self.rests:
            self.give_back()

    def _away(self, why: str, asked: float = 0.0) -> None:
        """The connections notice together; what waits goes elsewhere or back."""
        if self.breaker.away(why, _now(), asked):
            _say.warning("provider_rests", provider=self.way.name, why=why, seconds=round(self.seconds, 1))
            self.changed(self)
        self.give_back()


def _now() -> float:
    return asyncio.get_running_loop().time()
