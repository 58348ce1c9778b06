"""Which form of a word goes with a number (the plural rules of Unicode CLDR)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from hourglass.messages.content.locales import language

_ORDER = ("zero", "one", "two", "few", "many", "other")


def form(amount: Decimal, forms: Sequence[str], locale: str) -> str:
    """The forms are written in CLDR's order (one, few, many, other); a form left out is the last one written."""
    rule, names = _rules(language(locale))
    names_used = [name for name in _ORDER if name in names]
    if len(forms) == 3 and names_used[:1] == ["one"] and "few" in names_used and amount != amount.to_integral_value():
        return forms[1]  # 1,5 товара: fractions take the form after “one” where nobody wrote a fourth
    place = names_used.index(rule(amount))
    return forms[min(place, len(forms) - 1)]


@lru_cache(maxsize=64)
def _rules(name: str) -> tuple[Callable[[Decimal], str], frozenset[str]]:
    try:
        rule = Locale.parse(name).plural_form
    except (UnknownLocaleError, ValueError):
        rule = Locale.parse("en").plural_form
    return rule, frozenset(rule.rules) | {"other"}
