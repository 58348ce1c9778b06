"""Slots: journeys that compete for one place with a person, the strongest first."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from hourglass.messages.policy.cap import Word


class Slot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of these journeys (keys, the strongest first) only one writes to a person within a rolling window."""

    key: Word
    journeys: Annotated[tuple[Word, ...], Meta(min_length=2)]
    within: str = "1d"

    def stronger_than(self, journey: str) -> tuple[str, ...]:
        """The journeys that come before it."""
        return self.journeys[: self.journeys.index(journey)]
