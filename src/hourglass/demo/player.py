"""Plays the last week as it happens: sends what is due by the demo clock, remembers what was acknowledged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from hourglass.demo.collect import Pause
from hourglass.demo.due import next_batch, until_next
from hourglass.demo.story import Story
from hourglass.kernel import DemoClock

Send = Callable[[bytes], Awaitable[None]]
"""Returns when a batch is acknowledged."""
Keep = Callable[[int, datetime], Awaitable[None]]
"""Remembers how many moments are acknowledged, and what the demo clock shows."""

# Seconds of real time: events of this long travel together; and at least this often the clock's place is remembered.
_BREATH, _LONGEST_PAUSE = 0.1, 2.0


class Player:
    """The shop's week on a demo clock. Stopping it at any moment loses nothing: it goes on from what was kept."""

    def __init__(self, story: Story, clock: DemoClock, send: Send, keep: Keep, pause: Pause) -> None:
        self._story = story
        self._clock = clock
        self._send = send
        self._keep = keep
        self._pause = pause

    async def play(self, position: int, *, until_caught_up: bool = False) -> int:
        """Tell the story from `position` to its end, or to the present; returns the position reached."""
        while True:
            now = self._clock.now()
            position = await self._tell(position, now)
            wait = until_next(self._story, position, now)
            if wait is None or (until_caught_up and self._clock.caught_up and now >= self._story.end):
                return position
            rate = 1.0 if self._clock.caught_up else self._clock.anchor.rate
            await self._pause(min(max(wait.total_seconds() / rate, _BREATH), _LONGEST_PAUSE))

    async def _tell(self, position: int, now: datetime) -> int:
        batch = next_batch(self._story, position, now)
        if batch is None:
            await self._keep(position, now)
        while batch:
            await self._send(batch.body)
            position += batch.count
            await self._keep(position, now)
            batch = next_batch(self._story, position, now)
        return position
