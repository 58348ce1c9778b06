"""Amounts of money as people of a language read them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from hourglass.kernel import exponent

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "RUB": "₽", "KZT": "₸", "UAH": "₴", "JPY": "¥", "TRY": "₺", "GEL": "₾"}
_NARROW_SPACE = "\u202f"
_SPACE = "\u00a0"


def money(amount: Any, currency: str, locale: str) -> str:
    """`12.5` is €12.50 in English and 12,50 € in Russian; what is no amount stays as it is."""
    try:
        value = Decimal(str(amount))
        plain = f"{value:,.{exponent(currency)}f}"
    except (InvalidOperation, ValueError):
        return "" if amount is None else str(amount)
    sign = _SIGNS.get(currency, currency)
    if locale.startswith("ru"):
        return plain.replace(",", _NARROW_SPACE).replace(".", ",") + _SPACE + sign
    minus = "-" if plain.startswith("-") else ""
    return f"{minus}{sign}{'' if len(sign) == 1 else _SPACE}{plain.removeprefix('-')}"
