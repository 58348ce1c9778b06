"""Spans of time as marketers write them: 10m, 1h, 90d, 2w."""

from __future__ import annotations

import re
from datetime import timedelta

from hourglass.kernel.errors import Malformed

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SHAPE = re.compile(r"(\d{1,6})([smhdw])")


def parse_duration(text: str, path: str | None = None) -> timedelta:
    """`90d` → 90 days; parts may follow each other (`1d12h`). Raises Malformed with the place."""
    parts = _SHAPE.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise Malformed(f"“{text}” is no span of time; write it like 30s, 10m, 1h, 90d or 2w.", path=path)
    span = timedelta()
    for number, unit in parts:
        span += timedelta(**{_UNITS[unit]: int(number)})
    return span
