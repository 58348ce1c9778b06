"""Which moments of the live week are due, and how they travel: batches within the limits of the collect API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from hourglass.demo.story import Story
from hourglass.demo.telling import Moment

# Segment allows 500 KB a request; some room is left for the frame around the events.
MOST_EVENTS, MOST_BYTES = 100, 450 * 1024


class Batch(Struct, frozen=True):
    """A request body, and how many moments it tells."""

    body: bytes
    count: int


def next_batch(story: Story, start: int, now: datetime) -> Batch | None:
    """What is due from position `start` on, or None when nothing is."""
    told: list[bytes] = []
    size = 0
    for moment in story.live[start : start + MOST_EVENTS]:
        if story.at(moment) > now:
            break
        event = msgspec.json.encode(story.told(moment))
        size += len(event) + 1
        if told and size > MOST_BYTES:
            break
        told.append(event)
    return Batch(b'{"batch":[' + b",".join(told) + b"]}", len(told)) if told else None


def until_next(story: Story, start: int, now: datetime) -> timedelta | None:
    """How long, by the demo clock, until the moment at `start` is due; None at the end of the story."""
    coming: Sequence[Moment] = story.live[start : start + 1]
    return max(story.at(coming[0]) - now, timedelta(0)) if coming else None
