"""Not longer ago than a span of time, and not in the future. A day without an hour counts from its beginning."""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import NOW, Scope, span
from hourglass.audience.operators.operator import Operator
from hourglass.audience.plural import last_span


def _build(left: Any, right: Any, scope: Scope) -> Any:
    ago = scope.col(NOW) - left
    return (ago >= 0) & (ago <= span(right))


def _due(left: Any, right: Any, scope: Scope) -> Any:
    """It comes to pass, and it leaves the span."""
    ahead = left - scope.col(NOW)
    return scope.x.when(ahead > 0).then(ahead).otherwise(ahead + span(right) + 1)


IN_LAST = Operator(
    name="in_last",
    words={"en": "is in the last {value}", "ru": "за {value}"},
    build=_build,
    takes="span",
    reads="moment",
    due=_due,
    shows=last_span,
    examples=(
        ("2026-03-04T12:00:00Z", "7d", True),
        ("2026-02-25T12:00:00Z", "7d", True),
        ("2026-02-25T11:59:59.999999Z", "7d", False),
        ("2026-03-04T12:00:00.000001Z", "7d", False),
        ("2026-03-04", "12h", True),
        ("2026-03-04", "11h", False),
        ("soon", "7d", False),
        (None, "7d", False),
    ),
)
