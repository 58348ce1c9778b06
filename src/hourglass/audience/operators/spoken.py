"""Values as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from hourglass.audience.plural import Noun, noun, plain, shown_span

_ELEMENTS: Noun = {"en": ("element", "elements"), "ru": ("элемент", "элемента", "элементов")}
_TRUTHS = {"en": {True: "true", False: "false"}, "ru": {True: "да", False: "нет"}}


def spoken(value: object, locale: str) -> str:
    """One value: texts in quotes, spans with their unit."""
    match value:
        case bool():
            return _TRUTHS.get(locale, _TRUTHS["en"])[value]
        case int() | float():
            return plain(value)
        case str():
            return f"«{value}»" if locale == "ru" else f"“{value}”"
        case datetime():
            shown = value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
            return shown.replace("+00:00", " UTC")
        case timedelta():
            return shown_span(value, locale)
        case _:
            return str(value)


def listed(values: Sequence[object], locale: str, *, every: bool = False) -> str:
    """“a”, “b” or “c”; «a», «b» или «c»; with `every` “and” and «и»."""
    return joined([spoken(one, locale) for one in values], locale, every=every)


def joined(said: Sequence[str], locale: str, *, every: bool = False) -> str:
    """The same of words."""
    last = ("и" if every else "или") if locale == "ru" else ("and" if every else "or")
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {last} {said[-1]}"


def ranges(numbers: Sequence[int], first: int, last: int) -> str:
    """9–17, 20: neighbours are one range, in the order in which they were listed; after the last comes the first."""
    found: list[list[int]] = []
    for one in numbers:
        if found and one == (first if found[-1][-1] == last else found[-1][-1] + 1):
            found[-1].append(one)
        else:
            found.append([one])
    return ", ".join(str(one[0]) if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in found)


def elements(number: int, locale: str, *, genitive: bool = False) -> str:
    """2 elements; не меньше 2 элементов."""
    return f"{number} {noun(number, _ELEMENTS, locale, genitive=genitive)}"
