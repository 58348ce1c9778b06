"""One comparison: which operator, against which value, and how a column has to arrive for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from hourglass.audience.columns.clocks import stretch
from hourglass.audience.columns.moments import STEPS, written_moment
from hourglass.audience.columns.scope import Scope
from hourglass.audience.operators import OPERATORS, READERS, Value, as_text, sentence
from hourglass.audience.operators.operator import Reads
from hourglass.audience.reading import Node, meant
from hourglass.kernel import Malformed

Kind = Literal["text", "number", "money", "millionths", "moment"]
"""How a column arrives: text as JSON gave it, a number, money in minor units, a number in whole millionths (so that
sums do not depend on the order of rows), or a moment in microseconds since 1970."""

MILLION = 1_000_000
_TIMES = ("moment", "local", "date")
_TEXTS = ("one", "list", "text", "pattern")
_CALLED = {"text": "a text", "moment": "a moment"}


def read_comparison(node: Node, op: str = "equals", value: object = None) -> tuple[str, Value]:
    """The `op` and `value` of a node, with these where they are missing. Raises Malformed with the path."""
    name = node.get("op", op)
    if not isinstance(name, str) or name not in OPERATORS:
        known = ", ".join(sorted(OPERATORS))
        raise Malformed(f"There is no operator “{name}”; known: {known}.{meant(name, OPERATORS)}", path=node.at("op"))
    takes = OPERATORS[name].takes
    return name, READERS[takes](node.get("value", value if takes != "nothing" else None), node.at("value"), name)


def check_fit(node: Node, what: str, kind: Kind, op: str, value: Value) -> None:
    """Refuse an operator that cannot say anything about such a column."""
    if fits(kind, op, value):
        return
    if OPERATORS[op].reads == "value" and kind != "moment":
        raise Malformed(f"“{what}” is a number: compare it with one.", path=node.at("value"))
    known = ", ".join(sorted(name for name in OPERATORS if fits(kind, name, None)))
    raise Malformed(f"“{what}” is {_CALLED.get(kind, 'a number')}; operators for it: {known}.", path=node.at("op"))


def fits(kind: Kind, op: str, value: Value) -> bool:
    """Whether an operator reads columns of this kind; without a value, whether it might."""
    reads = OPERATORS[op].reads
    if reads == "as_is" or kind == "text":
        return True
    if reads == "value" and value is not None:
        reads = _by_value(value)
    if kind == "moment":
        return reads in _TIMES or (reads == "value" and OPERATORS[op].takes == "range")
    return reads in ("number", "value")


def effective(op: str, value: Value, *, own: bool = False) -> Reads:
    """How the left side is read: what the value decides, and whose clock it is about."""
    reads = OPERATORS[op].reads
    if reads == "value":
        reads = _by_value(value)
    return "local" if own and reads == "moment" and _is_by_clock(value) else reads


def compare(op: str, left: Any, kind: Kind, right: Value, scope: Scope) -> Any:
    """An operator on a column and a value; a missing column is no yes."""
    operator, (arrived, wanted) = OPERATORS[op], _arrived(op, left, kind, right, scope)
    return operator.build(arrived, wanted, scope.after(STEPS)).fill_null(operator.of_missing)


def until_flip(op: str, left: Any, kind: Kind, right: Value, scope: Scope) -> Any | None:
    """Microseconds until time alone may change the answer; None for an operator that time does not touch."""
    operator = OPERATORS[op]
    if operator.due is None:
        return None
    arrived, wanted = _arrived(op, left, kind, right, scope)
    return operator.due(arrived, wanted, scope.after(STEPS))


def said(op: str, value: Value, locale: str) -> str:
    """The comparison in words."""
    return sentence(OPERATORS[op], value, locale)


def _arrived(op: str, left: Any, kind: Kind, right: Value, scope: Scope) -> tuple[Any, Any]:
    """Both sides as the operator wants to read them."""
    match effective(op, right, own=scope.own):
        case "as_is":
            return left, right
        case "number":
            number = scope.number(left) if kind == "text" else left
            if isinstance(right, tuple):
                # A list is looked up in a column of its own type.
                return number.cast(scope.x.Float64), [float(_scaled(one, kind, scope)) for one in right]
            return number, _scaled(right, kind, scope)
        case "moment" | "local" | "date" as reads:
            arrived = left if kind == "moment" else written_moment(left, scope, reads)
            return arrived, _timed(right, None if reads != "moment" else scope.zone)
        case _:
            return scope.text(left), _texts(right) if OPERATORS[op].takes in _TEXTS else right


def _by_value(value: Value) -> Reads:
    """What the type of the right side asks for."""
    values = value if isinstance(value, tuple) else (value,)
    if any(isinstance(one, date) for one in values):
        return "moment"
    return "number" if all(_is_number(one) for one in values) else "text"


def _is_by_clock(value: Value) -> bool:
    """Whether it names a time of a clock, without saying where that stands."""
    values: Iterable[object] = value if isinstance(value, tuple) else (value,)
    return any(isinstance(one, date) and getattr(one, "tzinfo", None) is None for one in values)


def _timed(right: Value, zone: str | None) -> Any:
    """Days and moments as stretches of microseconds."""
    if isinstance(right, tuple) and any(isinstance(one, date) for one in right):
        return tuple(_timed(one, zone) for one in right)
    return stretch(right, zone) if isinstance(right, date | datetime) else right


def _scaled(right: Value, kind: Kind, scope: Scope) -> Any:
    """The value in the unit of the column: a column divided would not be the same number on every engine."""
    unit = {"money": 10**scope.minor_digits, "millionths": MILLION}.get(kind, 1)
    if unit == 1:
        return right
    exact = Decimal(str(right)) * unit
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _texts(right: Value) -> Any:
    return [as_text(one) for one in right] if isinstance(right, tuple) else as_text(right)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
