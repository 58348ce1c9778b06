"""Slots: journeys that compete for one place with a person, the strongest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from hourglass.messages.policy.cap import Word
from hourglass.messages.policy.contest import Contest


class Slot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of its journeys (keys, the strongest first) only one writes to a person within a rolling window.

    Journeys that name the slot themselves come behind those named here.
    """

    key: Word
    journeys: Annotated[tuple[Word, ...], Meta(max_length=1000)] = ()
    within: str = "1d"

    def stronger_than(self, journey: str) -> tuple[str, ...]:
        """The journeys that come before it."""
        return self.journeys[: self.journeys.index(journey)]


def with_contestants(slots: tuple[Slot, ...], contests: Mapping[str, Contest]) -> tuple[Slot, ...]:
    """The slots with the journeys that compete by their own word, the largest priority first.

    `contests`: by the key of the journey. What the policy says of a journey goes before what it says itself.
    """
    named = {journey for slot in slots for journey in slot.journeys}
    own: dict[str, list[str]] = {}
    for journey, contest in sorted(contests.items(), key=lambda one: (-one[1].priority, one[0])):
        if contest.slot is not None and journey not in named:
            own.setdefault(contest.slot, []).append(journey)
    known = {slot.key: slot for slot in slots} | {key: Slot(key=key) for key in own.keys() - {s.key for s in slots}}
    all_ = (replace(slot, journeys=(*slot.journeys, *own.get(key, ()))) for key, slot in known.items())
    return tuple(slot for slot in all_ if len(slot.journeys) > 1)
