"""Dates as people of a language write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime

from hourglass.messages.content.locales import language

_STYLES = ("short", "medium", "long", "full")
_LONGEST_PATTERN = 100
# strftime to the patterns of Unicode CLDR.
_DIRECTIVES = {
    "%Y": "yyyy", "%y": "yy", "%m": "MM", "%-m": "M", "%B": "MMMM", "%b": "MMM", "%h": "MMM", "%d": "dd", "%-d": "d",
    "%e": "d", "%j": "DDD", "%H": "HH", "%-H": "H", "%I": "hh", "%-I": "h", "%l": "h", "%M": "mm", "%S": "ss",
    "%p": "a", "%A": "EEEE", "%a": "EEE", "%Z": "zzz", "%z": "ZZZ", "%F": "yyyy-MM-dd", "%T": "HH:mm:ss",
    "%R": "HH:mm", "%D": "MM/dd/yy", "%%": "%",
}  # fmt: skip
_DIRECTIVE = re.compile(r"(%-?[A-Za-z%])")


def written_date(moment: Any, pattern: str, locale: str, zone: tzinfo | None) -> str:
    """`pattern` is short, medium, long, full or strftime; what is no date stays as it is, nothing becomes ''.

    A moment with an offset is told on the clock of `zone`.
    """
    found = _moment(moment)
    if found is None:
        return "" if moment is None else str(moment)
    if isinstance(found, datetime) and found.tzinfo is not None and zone is not None:
        found = found.astimezone(zone)
    known = _locale(locale)
    if pattern in _STYLES:
        return format_date(found, pattern, locale=known)
    whole = found if isinstance(found, datetime) else datetime.combine(found, time())
    return format_datetime(whole, _cldr(pattern[:_LONGEST_PATTERN]), locale=known)


def _moment(value: Any) -> datetime | date | None:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not 8 <= len(value) <= 40:
        return None
    try:
        return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _cldr(pattern: str) -> str:
    """`%d %B` to `dd MMMM`; everything else stands in quotes."""
    pieces = [piece for piece in _DIRECTIVE.split(pattern) if piece]
    # A month by itself is named otherwise than in a date: «ноябрь 2026», but «5 ноября».
    alone = {} if {"%d", "%-d", "%e"} & set(pieces) else {"%B": "LLLL", "%b": "LLL", "%h": "LLL"}
    return "".join(alone.get(piece) or _DIRECTIVES.get(piece) or _quoted(piece) for piece in pieces)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if text.strip(" .,:/-") else text


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    for tried in (name.replace("-", "_"), language(name)):
        try:
            return Locale.parse(tried)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")
