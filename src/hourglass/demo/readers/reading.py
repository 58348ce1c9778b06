"""The readers' day: looks into the development inbox, plans what its people do with each mail, and does what is due."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from heapq import heappop, heappush

import msgspec

from hourglass.demo.collect import Collect
from hourglass.demo.readers.doors import Doors
from hourglass.demo.readers.habits import Deed, deeds
from hourglass.demo.readers.letter import read_letter
from hourglass.demo.telling import Told
from hourglass.inbox import Mail, mails_after
from hourglass.kernel import Clock, Unavailable
from hourglass.postgres import Database

_GLANCE = 0.5
_AT_ONCE = 200
_SLOWEST = timedelta(days=2)
"""After so long nobody opens a letter any more: how far back a demo that goes on looks."""


class Readers:
    """The people of one demo. What they do hangs on nothing but person, letter and seed: a stop forgets nothing."""

    def __init__(self, database: Database, doors: Doors, collect: Collect, clock: Clock) -> None:
        self._database = database
        self._doors = doors
        self._collect = collect
        self._clock = clock
        self._begun = clock.now()
        self._last = 0
        self._planned: list[Deed] = []

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            with suppress(Unavailable):  # the database comes back; mails stay where they are
                await self.turn()
            await asyncio.sleep(_GLANCE)

    async def turn(self) -> int:
        """Plan for the mails that came, then do what is due; how many deeds that were."""
        while mails := await asyncio.to_thread(self._arrived):
            await asyncio.to_thread(self._plan, mails)
        now, done = self._clock.now(), 0
        told: list[Told] = []
        while self._planned and self._planned[0].at <= now and done < _AT_ONCE:
            told += await self._doors.carry_out(heappop(self._planned))
            done += 1
        if told:
            await self._collect.send(msgspec.json.encode({"batch": told}))
        return done

    def _arrived(self) -> list[Mail]:
        with self._database.transaction() as tx:
            return mails_after(tx, self._last, self._begun - _SLOWEST, _AT_ONCE)

    def _plan(self, mails: list[Mail]) -> None:
        """What was done before the demo was stopped is not done again."""
        for mail in mails:
            self._last = mail.id
            for deed in deeds(read_letter(mail), mail.received_at, self._doors.seed):
                if deed.at >= self._begun:
                    heappush(self._planned, deed)
