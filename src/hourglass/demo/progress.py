"""Where the demo stands: its dates, its clock and how far the story has been told. Kept after every step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hourglass.demo.story import SEED, Dates, Story
from hourglass.kernel import Anchor

WEEK = timedelta(days=7)
YEAR = timedelta(days=400)


class Progress(Struct, frozen=True, kw_only=True):
    """One row of `demo_progress`. `anchor` is what every role makes its demo clock from; rate 0: it stands still."""

    dates: Dates
    seed: str = SEED
    anchor: Anchor
    shown: datetime
    """What the demo clock showed when this was kept; the place where it goes on after a stop."""
    history_told: int = 0
    history_total: int = 0
    live_told: int = 0
    live_total: int = 0
    generated_share: float = 0.0
    """Share of the story's events that the demo made up; the page says so."""

    def standing_still(self, now: datetime) -> Progress:
        """The clock waits where it is: while history is read, and while the demo is stopped."""
        return replace(self, anchor=Anchor(real=now, shown=self.shown, rate=0))

    def running(self, now: datetime, rate: float) -> Progress:
        """The clock goes on from where it stood."""
        return replace(self, anchor=Anchor(real=now, shown=self.shown, rate=rate))

    def of(self, story: Story) -> Progress:
        """With the size of the story."""
        return replace(
            self,
            history_total=len(story.history),
            live_total=len(story.live),
            generated_share=round(story.generated_share, 3),
        )

    def reached(self, live_told: int, shown: datetime) -> Progress:
        """The live part got this far."""
        return replace(self, live_told=live_told, shown=shown)

    def as_json(self) -> dict[str, Any]:
        """For the row; times as ISO 8601."""
        return msgspec.to_builtins(self)


def beginning(now: datetime, *, history: timedelta, live: timedelta) -> Progress:
    """A new demo: the data ends now, its last part will be played."""
    end = now.replace(microsecond=0)
    dates = Dates(since=end - live - history, cut=end - live, end=end)
    return Progress(dates=dates, anchor=Anchor(real=now, shown=dates.cut, rate=0), shown=dates.cut)
