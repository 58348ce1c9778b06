"""Sends each parcel out by the first provider that is there, and by the next one where that turns out to be away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from msgspec import Struct

from hourglass.channels import Outcome, Receipt
from hourglass.kernel import HourglassError
from hourglass.messages.delivery.held import Held
from hourglass.messages.delivery.journal import Journal
from hourglass.messages.delivery.outlet import Outlet, Parcel
from hourglass.messages.delivery.ways import Place, Way

_say = structlog.get_logger(__name__)
_SOON = 1.0


class Reports(Struct, frozen=True, kw_only=True):
    """Who hears what: a parcel's receipt, a parcel nobody can take for so many seconds, one withdrawn, a new state."""

    done: Callable[[Parcel, Way, Receipt], None]
    stuck: Callable[[Parcel, float], None]
    returned: Callable[[Parcel], None]
    changed: Callable[[Outlet], None]


class Dispatch:
    """Opens a provider when it is first needed, and anew when its settings changed."""

    def __init__(self, journal: Journal, held: Held, reports: Reports) -> None:
        self._journal = journal
        self._held = held
        self._reports = reports
        self._outlets: dict[Place, Outlet] = {}
        self._shut: set[Place] = set()
        self._fresh: asyncio.Queue[Outlet] = asyncio.Queue()
        self._closing = False

    @property
    def outlets(self) -> list[Outlet]:
        """Every provider in use."""
        return list(self._outlets.values())

    def resting(self) -> frozenset[str]:
        """Channels of which every provider in use rests: nothing need be claimed for them."""
        awake = {one.way.channel for one in self.outlets if not one.rests}
        return frozenset({one.way.channel for one in self.outlets} - awake)

    def rooms(self) -> dict[Place, int]:
        """How many may be planned for each provider that is not well; of the others, all."""
        rooms = {one.way.place: room for one in self.outlets if (room := one.room) is not None}
        return rooms | dict.fromkeys(self._shut, 0)

    def put(self, parcel: Parcel) -> None:
        """To the first provider that is there; the one it came from is not asked a second time at once.

        Where that is one with limits or budgets that were not asked about this message, it goes back to have its turn
        there; one before its own was asked and had no room.
        """
        seconds = [_SOON * 60] if not parcel.ways else []
        planned = parcel.via is None
        for way in () if self._closing else parcel.ways:
            planned = planned or way.place == parcel.via
            outlet = self._outlet(way)
            if outlet is not None and parcel.foreign(way) and not outlet.rests:
                if planned:
                    self._reports.returned(parcel)
                    return
            elif outlet is not None and outlet.admits():
                outlet.put(parcel)
                return
            seconds.append(_SOON if outlet is None else outlet.seconds)
        if self._closing:
            self._reports.returned(parcel)
        else:
            self._reports.stuck(parcel, min(seconds))

    async def run(self) -> None:
        """Keep all of them at work until cancelled."""
        async with asyncio.TaskGroup() as running:
            while True:
                outlet = await self._fresh.get()
                running.create_task(outlet.run())

    def give_back(self) -> None:
        """Return what no connection has taken: surely not handed over."""
        self._closing = True
        for outlet in self.outlets:
            outlet.give_back()

    async def close(self, timeout: float) -> None:
        """Wait for what is being handed over right now, and say good-bye."""
        for outlet in self.outlets:
            await outlet.finished(timeout)
            await outlet.close()

    def _outlet(self, way: Way) -> Outlet | None:
        """The provider at work; None where it cannot be opened."""
        known = self._outlets.get(way.place)
        if known is not None and (known.way.of is way.of or known.way.of == way.of):
            return known
        try:
            made = Outlet(way, way.open(), self._journal, self._held, self._done, self._again, self._reports.returned)
        except HourglassError as error:
            _say.warning("provider_cannot_be_opened", provider=way.name, reason=error.sentence)
            self._shut.add(way.place)
            return None
        self._shut.discard(way.place)
        made.changed = self._reports.changed
        if known is not None:
            known.retire()
        self._outlets[way.place] = made
        self._fresh.put_nowait(made)
        self._reports.changed(made)
        return made

    def _done(self, parcel: Parcel, way: Way, receipt: Receipt) -> None:
        """Surely not taken by a provider that is away: the next one gets it, where there is one."""
        others = tuple(one for one in parcel.ways if one.place != way.place)
        if receipt.outcome is Outcome.UNREACHABLE and others and not self._closing:
            self.put(parcel)
        else:
            self._reports.done(parcel, way, receipt)

    def _again(self, parcel: Parcel) -> None:
        self.put(parcel)
