"""The clock of this installation: the machine's, or the demo's, which its player moves."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import msgspec

from hourglass.kernel import Anchor, Clock, DemoClock, SystemClock, Unavailable
from hourglass.postgres import Database, Queries

_queries = Queries(Path(__file__).with_name("queries.sql"))
_EVERY = 0.5


class FollowedClock:
    """A demo clock whose anchor is read again and again: the player stops it, starts it and changes its rate."""

    def __init__(self, database: Database, anchor: Anchor) -> None:
        self._database = database
        self._real = SystemClock()
        self._clock = DemoClock(anchor, self._real)
        threading.Thread(target=self._follow, name="demo-clock", daemon=True).start()

    def now(self) -> datetime:
        """What the demo shows."""
        return self._clock.now()

    def pace(self) -> float:
        """How fast the demo runs."""
        return self._clock.pace()

    def _follow(self) -> None:
        pause = threading.Event()
        while not pause.wait(_EVERY):
            try:
                anchor = read_anchor(self._database)
            except Unavailable:
                continue
            if anchor and anchor != self._clock.anchor:
                self._clock = DemoClock(anchor, self._real)


def installation_clock(database: Database) -> Clock:
    """The demo's clock where a demo lives, else the machine's."""
    anchor = read_anchor(database)
    return SystemClock() if anchor is None else FollowedClock(database, anchor)


def read_anchor(database: Database) -> Anchor | None:
    """Where the demo clock stands, if there is a demo."""
    with database.transaction() as tx:
        row = _queries.scalar(tx, "anchor")
    return None if row is None else msgspec.convert(row, Anchor)
