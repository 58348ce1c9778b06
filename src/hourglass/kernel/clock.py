"""Time is an argument: whoever needs `now` is handed a clock, and only this file reads the machine's."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

from msgspec import Struct


@runtime_checkable
class Clock(Protocol):
    """Says what time it is, in UTC."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        ...

    def pace(self) -> float:
        """How many times faster than life it runs: 1 but for a demo."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        return datetime.now(UTC)

    def pace(self) -> float:
        """As life."""
        return 1.0


class FixedClock:
    """A clock that a test or a backtest moves by hand."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._at

    def pace(self) -> float:
        """It does not run by itself; spans are taken as they are."""
        return 1.0

    def set(self, at: datetime) -> None:
        """Jump to a moment."""
        self._at = at

    def advance(self, by: timedelta) -> None:
        """Move on by a span."""
        self._at += by


class Anchor(Struct, frozen=True, kw_only=True):
    """Where a demo clock started: at the real moment `real` it showed `shown`, and ran `rate` times faster."""

    real: datetime
    shown: datetime
    rate: float


class DemoClock:
    """Starts in the past and runs faster than life until it has caught up; from then on it is the real time."""

    def __init__(self, anchor: Anchor, real: Clock) -> None:
        self.anchor = anchor
        self._real = real

    def now(self) -> datetime:
        """The shown moment; never later than the real one."""
        real = self._real.now()
        shown = self.anchor.shown + (real - self.anchor.real) * self.anchor.rate
        return min(shown, real)

    def pace(self) -> float:
        """The anchor's rate until it has caught up."""
        return 1.0 if self.caught_up else max(1.0, self.anchor.rate)

    @property
    def caught_up(self) -> bool:
        """Whether the demo has reached the present."""
        return self.now() >= self._real.now() - timedelta(milliseconds=1)


def monotonic() -> float:
    """Seconds on a clock that never goes back: for measuring spans, never for saying when."""
    return time.monotonic()


def cpu_seconds() -> float:
    """Seconds of computing this thread has had: for limits that a busy machine must not trip."""
    return time.thread_time()
