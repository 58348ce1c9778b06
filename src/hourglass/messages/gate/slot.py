"""One place with a person for journeys that compete: the strongest gets it, the others leave the person alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from hourglass.messages.candidates.answer import FINE, Answer, Deferred, Passed, Withheld
from hourglass.messages.gate.case import Case
from hourglass.messages.policy.cap import span

_SOON = timedelta(seconds=30)


def priority_slot(one: Case, now: datetime) -> Answer:
    """Who was first keeps the place for the window; a stronger journey waits for it, a weaker one gives way.

    A weaker one also gives way to a stronger one that is about to write.
    """
    slot = one.policy.slot_of(one.journey)
    if slot is None or one.journey is None or not one.marketing:
        return FINE
    stronger, window = slot.stronger_than(one.journey), span(slot.within)
    coming = next((name for name in stronger if name in one.coming and one.coming[name] <= now + window), None)
    if coming is not None:
        return Withheld(reason="slot_taken", detail=f"{slot.key}: {coming}")
    for had in sorted(one.had, key=lambda had: had.at, reverse=True):
        if had.at > now - window and had.journey in slot.journeys and had.journey != one.journey:
            detail = f"{slot.key}: {had.journey}"
            if not had.sure:
                return Deferred(reason="slot_wait", until=now + _SOON, detail=detail)
            if had.journey in stronger:
                return Withheld(reason="slot_taken", detail=detail)
            return Deferred(reason="slot_wait", until=had.at + window, detail=detail)
    return Passed(slot.key)
