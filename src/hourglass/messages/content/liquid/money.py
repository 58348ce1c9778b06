"""Amounts as people of a language read them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal

from hourglass.kernel import exponent
from hourglass.messages.content.locales import language

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "RUB": "₽", "KZT": "₸", "UAH": "₴", "JPY": "¥", "TRY": "₺", "GEL": "₾"}
_NARROW_SPACE = "\u202f"
_SPACE = "\u00a0"
_LONGEST = 30  # digits; what is longer is no price


def money(amount: Any, currency: str, locale: str) -> str:
    """`12.5` is €12.50 in English and 12,50 € in Russian; what is no amount stays as it is."""
    value = _decimal(amount)
    if value is None:
        return "" if amount is None else str(amount)
    return _written(value or Decimal(0), currency, language(locale))


@lru_cache(maxsize=4096)
def _written(value: Decimal, currency: str, spoken: str) -> str:
    """Prices are few, readers many."""
    if spoken not in ("en", "ru"):
        return format_currency(value, currency, locale=_known(spoken), currency_digits=False, format=None)
    plain = f"{value:,.{exponent(currency)}f}"
    sign = _SIGNS.get(currency, currency)
    if spoken == "ru":
        return _russian(plain) + _SPACE + sign
    minus = "-" if plain.startswith("-") else ""
    return f"{minus}{sign}{'' if len(sign) == 1 else _SPACE}{plain.removeprefix('-')}"


def number(amount: Any, digits: int | None, locale: str) -> str:
    """`1234.5` is 1,234.5 in English and 1 234,5 in Russian; `digits` after the comma, or as many as there are."""
    value = _decimal(amount)
    if value is None:
        return "" if amount is None else str(amount)
    if digits is not None:
        value = round(value, max(0, min(digits, 10)))
    plain = f"{value:,f}"
    spoken = language(locale)
    if spoken == "en":
        return plain
    return _russian(plain) if spoken == "ru" else format_decimal(value, "#,##0.##########", locale=_known(spoken))


def _decimal(amount: Any) -> Decimal | None:
    if isinstance(amount, bool):
        return None
    try:
        value = amount if type(amount) is Decimal else Decimal(str(amount))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < _LONGEST else None


def _russian(plain: str) -> str:
    return plain.replace(",", _NARROW_SPACE).replace(".", ",")


@lru_cache(maxsize=64)
def _known(spoken: str) -> Locale:
    try:
        return Locale.parse(spoken)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
