"""The filters that know the reader's language: money, number, date, plural."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import wraps
from typing import Any

from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context
from liquid.undefined import Undefined

from hourglass.messages.content.liquid.dates import written_date
from hourglass.messages.content.liquid.money import money, number
from hourglass.messages.content.liquid.plurals import form


@with_context
def _money(amount: Any, currency: Any = None, *, context: Any) -> str:
    """`{{ cart.value | money }}`: in the shop's currency unless another is named."""
    return money(_none(amount), str(currency or context.told("currency") or ""), _locale(context))


@with_context
def _number(amount: Any, digits: Any = None, *, context: Any) -> str:
    """`{{ 1234.5 | number }}`: 1,234.5 in English, 1 234,5 in Russian; with so many digits after the comma."""
    return number(_none(amount), None if digits is None else int(digits), _locale(context))


@with_context
def _date(moment: Any, pattern: Any = "long", *, context: Any) -> str:
    """`{{ event.at | date: 'long' }}`: short, medium, long, full, or strftime with names in the reader's language."""
    now = context.told("now")
    moment = now if moment in ("now", "today") else _none(moment)
    return written_date(moment, str(pattern), _locale(context), getattr(now, "tzinfo", None))


@with_context
def _plural(amount: Any, *forms: Any, context: Any) -> str:
    """`{{ n | plural: 'item', 'items' }}`, in Russian `{{ n | plural: 'товар', 'товара', 'товаров' }}`."""
    if not forms:
        raise FilterArgumentError("plural wants the forms of the word", token=None)
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        value = Decimal(0)
    return str(form(value, [str(one) for one in forms], _locale(context)))


FILTERS: dict[str, Callable[..., Any]] = {"money": _money, "number": _number, "date": _date, "plural": _plural}

ARITHMETIC = ("plus", "minus", "times", "divided_by", "modulo", "round", "abs", "ceil", "floor", "at_least", "at_most")


def with_decimals(function: Callable[..., Any]) -> Callable[..., Any]:
    """The library's arithmetic takes a decimal, which our amounts are, for nothing; here it counts."""

    @wraps(function)
    def calculated(*values: Any, **more: Any) -> Any:
        return function(*(_plain(value) for value in values), **more)

    return calculated


def _plain(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _locale(context: Any) -> str:
    return str(context.told("locale") or "")


def _none(value: Any) -> Any:
    return None if isinstance(value, Undefined) else value
