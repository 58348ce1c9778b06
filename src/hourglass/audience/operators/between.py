"""From the one to the other, both included; a whole day lasts until its end."""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.clocks import Stretch
from hourglass.audience.columns.scope import Scope
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.spoken import spoken


def _build(left: Any, right: Any, _scope: Scope) -> Any:
    first, last = right
    if isinstance(first, Stretch):
        return (left >= first.start) & (left < last.end)
    return (left >= first) & (left <= last)


def _shows(value: Any, locale: str) -> str:
    first, last = (spoken(one, locale) for one in value)
    return f"от {first} до {last}" if locale == "ru" else f"{first} and {last}"


BETWEEN = Operator(
    name="between",
    words={"en": "between {value}", "ru": "{value}"},
    build=_build,
    takes="range",
    shows=_shows,
    genitive=True,
    examples=(
        ("10", [10, 20], True),
        ("20", [10, 20], True),
        ("20.01", [10, 20], False),
        ("x", [10, 20], False),
        (None, [10, 20], False),
        ("2026-01-01", ["2026-01-01", "2026-01-31"], True),
        ("2026-01-31T23:59:59.999999", ["2026-01-01", "2026-01-31"], True),
        ("2026-02-01", ["2026-01-01", "2026-01-31"], False),
        ("2026-01-31T12:00Z", ["2026-01-01", "2026-01-31T12:00:00Z"], True),
        (None, ["2026-01-01", "2026-01-31"], False),
    ),
)
