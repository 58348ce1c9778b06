"""Now or still to come, and not farther than a span of time. A day without an hour counts from its beginning."""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import NOW, Scope, span
from hourglass.audience.operators.operator import Operator
from hourglass.audience.plural import next_span


def _build(left: Any, right: Any, scope: Scope) -> Any:
    ahead = left - scope.col(NOW)
    return (ahead >= 0) & (ahead <= span(right))


def _due(left: Any, right: Any, scope: Scope) -> Any:
    """It comes near enough, and it comes to pass."""
    ahead = left - scope.col(NOW)
    return scope.x.when(ahead > span(right)).then(ahead - span(right)).otherwise(ahead + 1)


IN_NEXT = Operator(
    name="in_next",
    words={"en": "is in the next {value}", "ru": "в {value}"},
    build=_build,
    takes="span",
    reads="moment",
    due=_due,
    shows=next_span,
    examples=(
        ("2026-03-04T12:00:00.000001Z", "7d", True),
        ("2026-03-11T12:00:00Z", "7d", True),
        ("2026-03-11T12:00:00.000001Z", "7d", False),
        ("2026-03-04T12:00:00Z", "7d", True),
        ("2026-03-04T11:59:59.999999Z", "7d", False),
        ("2026-03-05", "12h", True),
        ("soon", "7d", False),
        (None, "7d", False),
    ),
)
