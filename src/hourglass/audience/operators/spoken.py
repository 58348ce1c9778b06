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


def listed(values: Sequence[object], locale: str, last: str) -> str:
    """“a”, “b” or “c”."""
    said = [spoken(one, locale) for one in values]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {last} {said[-1]}"


def ranges(numbers: Sequence[int]) -> str:
    """9–17, 20: neighbours are one range, in the order in which they were listed."""
    found: list[list[int]] = []
    for one in numbers:
        if found and one == found[-1][-1] + 1:
            found[-1].append(one)
        else:
            found.append([one])
    return ", ".join(str(one[0]) if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in found)


def elements(number: int, locale: str, *, genitive: bool = False) -> str:
    """2 elements; не меньше 2 элементов."""
    return f"{number} {noun(number, _ELEMENTS, locale, genitive=genitive)}"
