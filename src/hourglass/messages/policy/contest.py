"""For which slot a journey competes, and how strong it is, as its own document says it or as its entry shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from msgspec import Struct

from hourglass.kernel import Malformed

ABANDONMENT: Final = "abandonment"
NO_SLOT: Final = "none"
_USUAL: Final = 50
_RANGE: Final = range(101)
STAGES: Final = {
    "Checkout Started": 90, "Checkout Step Viewed": 90, "Payment Info Entered": 90,
    "Product Added": 80, "Cart Viewed": 80,
    "Product Viewed": 60,
    "Product List Viewed": 40, "Products Searched": 40, "Page Viewed": 40,
}  # fmt: skip
"""On the way to an order: the event, and the priority of a reminder to those who stopped there."""
_ORDER: Final = "Order Completed"


class Contest(Struct, frozen=True, kw_only=True):
    """`slot`: None where the journey competes with nobody. `priority`: 0 to 100, the larger wins."""

    slot: str | None
    priority: int


def contest_of(journey: Mapping[str, Any]) -> Contest:
    """How the document of a journey competes. Raises Malformed with the path.

    Without a word about it, a journey that waits after a step towards an order and is over with a later one is about
    something abandoned: it competes with the others of that sort, the closer to the order the stronger.
    """
    slot, priority = journey.get("slot"), journey.get("priority")
    if slot is not None and (not isinstance(slot, str) or not slot):
        raise Malformed(f"`slot` is the key of a slot, like {ABANDONMENT}, or {NO_SLOT}.", path="slot")
    if priority is not None and (isinstance(priority, bool) or not isinstance(priority, int) or priority not in _RANGE):
        raise Malformed("`priority` is a number from 0 to 100.", path="priority")
    stage = STAGES.get(_entry_event(journey) or "")
    if slot is None:
        slot = ABANDONMENT if stage is not None and _reminds(journey, stage) else NO_SLOT
    return Contest(
        slot=None if slot == NO_SLOT else slot,
        priority=(stage or _USUAL) if priority is None else priority,
    )


def _entry_event(journey: Mapping[str, Any]) -> str | None:
    entry = journey.get("entry")
    event = cast("Mapping[str, Any]", entry).get("event") if isinstance(entry, Mapping) else None
    return event if isinstance(event, str) else None


def _reminds(journey: Mapping[str, Any], stage: int) -> bool:
    """Whether it waits first, and ends with an order or with an event that is closer to one."""
    steps = journey.get("steps")
    first = cast("list[object]", steps)[0] if isinstance(steps, list) and steps else None
    ends = {*_events(journey.get("goal")), *_events(journey.get("exit_when"))}
    closer = {_ORDER, *(event for event, other in STAGES.items() if other > stage)}
    return isinstance(first, Mapping) and "wait" in first and not ends.isdisjoint(closer)


def _events(condition: object) -> Iterator[str]:
    """Every event that a condition names."""
    if isinstance(condition, Mapping):
        for word, value in cast("Mapping[str, object]", condition).items():
            if word == "event" and isinstance(value, str):
                yield value
            yield from _events(value)
    elif isinstance(condition, list):
        for one in cast("list[object]", condition):
            yield from _events(one)
