"""A circuit breaker: a provider that is away is left alone, then tried with one message before it gets all of them."""

from __future__ import annotations

from typing import Literal

State = Literal["closed", "open", "probing"]
FIRST_REST, LONGEST_REST = 1.0, 60.0
_LONGEST_ASKED = 3600.0
_REFUSALS = 50


class Breaker:
    """`now` is a running clock in seconds. Closed: all may go; open: nobody; probing: one has gone to find out."""

    def __init__(self) -> None:
        self.state: State = "closed"
        self.why = ""
        self._rest = 0.0
        self._awake_at = 0.0
        self._refusals = 0

    def rests(self, now: float) -> bool:
        """Whether nobody may ask the provider at this moment."""
        return self.state == "probing" or (self.state == "open" and now < self._awake_at)

    def seconds(self, now: float) -> float:
        """How long until it may be asked again, as far as that is known."""
        return max(FIRST_REST / 2, self._awake_at - now) if self.state != "closed" else 0.0

    def admits(self, now: float) -> bool:
        """Whether this one message may go; after a rest the first one is the probe."""
        if self.rests(now):
            return False
        if self.state == "open":
            self.state = "probing"
        return True

    def back(self) -> None:
        """The message that was to find out never left: the next one does."""
        if self.state == "probing":
            self.state = "open"

    def room(self, now: float) -> int | None:
        """How many may be planned for the provider: nobody, one that finds out, or (None) all."""
        return None if self.state == "closed" else 0 if self.rests(now) else 1

    def answered(self, *, refused: bool, now: float) -> bool:
        """The provider took a message, or asked to come back later; whether that changed the state.

        One that asks for everything to come back later is as good as away.
        """
        self._refusals = self._refusals + 1 if refused else 0
        if self._refusals >= _REFUSALS:
            return self.away("It takes nothing at the moment.", now)
        changed = self.state != "closed"
        self.state, self.why, self._rest = "closed", "", 0.0
        return changed

    def away(self, why: str, now: float, asked: float | None = None) -> bool:
        """Nobody could be reached: twice as long a rest each time, a minute at most; whether that changed the state.

        A provider that says how many seconds it wants is given them, an hour at most, and never less than usual.
        """
        told = min(_LONGEST_ASKED, asked or 0.0)
        if self.state == "open" and now < self._awake_at:
            longer = now + told > self._awake_at
            self._awake_at = max(self._awake_at, now + told)
            return longer
        self._rest = min(LONGEST_REST, max(FIRST_REST, self._rest * 2))
        self._awake_at, self._refusals = now + max(self._rest, told), 0
        self.state, self.why = "open", why
        return True
