"""What a wait is read from: times of day, days of the week, spans and yes-or-no words, each refused with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any, cast

from hourglass.audience import meant
from hourglass.kernel import Malformed, parse_duration

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def only(body: Mapping[str, Any], known: set[str], path: str) -> None:
    """Refuse fields that nobody knows."""
    strange = sorted(map(str, body.keys() - known))
    if strange:
        near = meant(strange[0], known)
        raise Malformed(f"“{strange[0]}” is not known here; known: {', '.join(sorted(known))}.{near}", path=path)


def read_clock(value: object, path: str) -> time:
    """`"09:00"`, a time of day."""
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise Malformed('A time of day is written like "09:00", in quotes.', path=path)
    return time.fromisoformat(value)


def read_days(value: object, path: str) -> frozenset[int]:
    """`[mon, tue]` as numbers, Monday 0."""
    named = cast("Sequence[object]", value) if isinstance(value, list) else ()
    if not named or any(day not in WEEKDAYS for day in named):
        raise Malformed("`weekdays` is a list of mon, tue, wed, thu, fri, sat, sun.", path=path)
    return frozenset(WEEKDAYS.index(str(day)) for day in named)


def read_offset(value: object, path: str) -> timedelta:
    """`-3d` or `2h`: a span, before when it begins with a minus."""
    if not isinstance(value, str):
        raise Malformed("Write a span of time like 3d, or -3d for before.", path=path)
    span = parse_duration(value.removeprefix("-"), path)
    return -span if value.startswith("-") else span
