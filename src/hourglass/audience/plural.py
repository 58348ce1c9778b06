"""Numbers with their nouns, and spans of time, as English and Russian say them."""

from __future__ import annotations

from datetime import timedelta

Noun = dict[str, tuple[str, ...]]
"""Forms of a noun: English for one and many; Russian for 1, 2 and 5, the accusative where it differs."""

_UNITS: tuple[tuple[int, Noun], ...] = (
    (86_400, {"en": ("day", "days"), "ru": ("день", "дня", "дней")}),
    (3600, {"en": ("hour", "hours"), "ru": ("час", "часа", "часов")}),
    (60, {"en": ("minute", "minutes"), "ru": ("минуту", "минуты", "минут")}),
    (1, {"en": ("second", "seconds"), "ru": ("секунду", "секунды", "секунд")}),
)
_LAST, _NEXT = ("последний", "последнюю", "последние"), ("ближайший", "ближайшую", "ближайшие")


def noun(number: float, forms: Noun, locale: str, *, genitive: bool = False) -> str:
    """The form that goes with a number; genitive after “не меньше” and the like: не меньше 2 раз, 1 раза."""
    if locale != "ru":
        one, many = forms["en"]
        return one if number == 1 else many
    one, few, many = forms["ru"]
    if number != int(number):
        return few
    last, tens = abs(int(number)) % 10, abs(int(number)) % 100
    if last == 1 and tens != 11:
        return few if genitive else one
    return few if 2 <= last <= 4 and not 12 <= tens <= 14 and not genitive else many


def counted(number: float, forms: Noun, locale: str) -> str:
    """A number and its noun: 1 day, 5 дней."""
    return f"{plain(number)} {noun(number, forms, locale)}"


def plain(number: float) -> str:
    """A number as people write it: 2, not 2.0."""
    return str(int(number)) if number == int(number) else str(number)


def shown_span(time: timedelta, locale: str = "en") -> str:
    """A span in words, in the largest unit that it fills: 90 days, 36 часов, 10 minutes."""
    number, forms = _measured(time)
    return counted(number, forms, locale)


def last_span(time: timedelta, locale: str) -> str:
    """What goes with “in the last” and «за»: 90 days, day; последние 90 дней, последний день."""
    return _bounded(time, locale, _LAST)


def next_span(time: timedelta, locale: str) -> str:
    """What goes with “in the next” and «в»: ближайшие 7 дней, ближайший час."""
    return _bounded(time, locale, _NEXT)


def _bounded(time: timedelta, locale: str, adjective: tuple[str, str, str]) -> str:
    number, forms = _measured(time)
    said = noun(number, forms, locale) if number == 1 else counted(number, forms, locale)
    if locale != "ru":
        return said
    he, she, they = adjective
    one = noun(number, forms, locale) == forms["ru"][0]
    return f"{(she if one and said.endswith('у') else he if one else they)} {said}"


def _measured(time: timedelta) -> tuple[int, Noun]:
    seconds = int(time.total_seconds())
    return next((seconds // size, forms) for size, forms in _UNITS if size == 1 or (seconds and seconds % size == 0))
