"""One comparison: which operator, against which value, and how a column has to arrive for it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal

from hourglass.audience.moments import shown_span, written_moment
from hourglass.audience.operators import OPERATORS, READERS, Value, as_text
from hourglass.audience.reading import Node, meant
from hourglass.audience.scope import Scope
from hourglass.kernel import Malformed

Kind = Literal["text", "number", "money", "millionths", "moment"]
"""How a column arrives: text as JSON gave it, a number, money in minor units, a number in whole millionths (so that
sums do not depend on the order of rows), or a moment in microseconds since 1970."""

MILLION = 1_000_000


def read_comparison(node: Node, op: str = "equals", value: object = None) -> tuple[str, Value]:
    """The `op` and `value` of a node, with these where they are missing. Raises Malformed with the path."""
    name = node.get("op", op)
    if not isinstance(name, str) or name not in OPERATORS:
        known = ", ".join(sorted(OPERATORS))
        raise Malformed(f"There is no operator “{name}”; known: {known}.{meant(name, OPERATORS)}", path=node.at("op"))
    return name, READERS[OPERATORS[name].takes](node.get("value", value), node.at("value"), name)


def compare(op: str, left: Any, kind: Kind, right: Value, scope: Scope) -> Any:
    """An operator on a column and a value; a missing column is no yes."""
    operator, (arrived, wanted) = OPERATORS[op], _arrived(op, left, kind, right, scope)
    return operator.build(arrived, wanted, scope).fill_null(operator.of_missing)


def until_flip(op: str, left: Any, kind: Kind, right: Value, scope: Scope) -> Any | None:
    """Microseconds until time alone may change the answer; None for an operator that time does not touch."""
    operator = OPERATORS[op]
    if operator.due is None:
        return None
    arrived, wanted = _arrived(op, left, kind, right, scope)
    return operator.due(arrived, wanted, scope)


def said(op: str, value: Value, locale: str) -> str:
    """The comparison in words."""
    operator = OPERATORS[op]
    shown = ", ".join(_shown(one, locale) for one in value) if isinstance(value, tuple) else _shown(value, locale)
    return operator.words.get(locale, operator.words["en"]).format(value=shown)


def _arrived(op: str, left: Any, kind: Kind, right: Value, scope: Scope) -> tuple[Any, Any]:
    """Both sides as the operator wants to read them."""
    reads = OPERATORS[op].reads
    if reads == "value":
        reads = "number" if _is_number(right[0] if isinstance(right, tuple) else right) else "text"
    if reads == "number":
        return scope.number(left) if kind == "text" else left, _scaled(right, kind, scope)
    if reads == "text":
        return scope.text(left), [as_text(one) for one in right] if isinstance(right, tuple) else as_text(right)
    return left if kind == "moment" else written_moment(left, scope, local=reads == "local"), right


def _scaled(right: Value, kind: Kind, scope: Scope) -> Any:
    """The value in the unit of the column: a column divided would not be the same number on every engine."""
    unit = {"money": 10**scope.minor_digits, "millionths": MILLION}.get(kind, 1)
    if unit == 1:
        return right
    if isinstance(right, tuple):
        return [_scaled(one, kind, scope) for one in right]
    exact = Decimal(str(right)) * unit
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object, locale: str) -> str:
    match value:
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case timedelta():
            return shown_span(value, locale)
        case _:
            return str(value)
