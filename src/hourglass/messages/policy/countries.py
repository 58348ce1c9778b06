"""Where somebody is, and what is usual there: country codes, public holidays, quiet hours by channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import timezone as phone_zones

from hourglass.messages.policy.quiet import Quiet

MAIL = "email"
"""A letter lies in the box without a sound; by default it knows no quiet hours."""
USUAL = Quiet(start="21:00", end="09:00")
USUAL_BY_COUNTRY: Mapping[str, Quiet] = {
    "BY": Quiet(start="21:00", end="09:00"),
    "FR": Quiet(start="20:00", end="10:00", days=("sun",), holidays=True),
    "IN": Quiet(start="21:00", end="10:00"),
    "US": Quiet(start="20:00", end="08:00"),
}
"""Marketing on channels that ring or buzz. What is usual or safe, not advice on the law: the policy decides."""


def usual_quiet(channel: str, country: str | None) -> Quiet | None:
    """The hours of a channel in a country where the policy says nothing."""
    return None if channel == MAIL else USUAL_BY_COUNTRY.get(country or "", USUAL)


@lru_cache(maxsize=1024)
def holidays_of(country: str | None, year: int) -> frozenset[date]:
    """Public holidays of that year and the first days of the next; none where the country is not known."""
    if country is None:
        return frozenset()
    import holidays  # 3 MB in each process, most of which never ask

    try:
        return frozenset(holidays.country_holidays(country, years=(year, year + 1)))
    except (NotImplementedError, KeyError):
        return frozenset()


@lru_cache(maxsize=1 << 12)
def country_code(named: str) -> str | None:
    """`KZ`, `kaz`, `Kazakhstan` → `KZ`; None when nobody knows it."""
    return _codes().get("".join(letter for letter in named.upper() if letter.isalnum()))


def country_of(traits: Mapping[str, Any], phone: str | None) -> str | None:
    """Where a person lives, as their traits say, else as their number says."""
    address = traits.get("address")
    within = cast("Mapping[str, Any]", address).get("country") if isinstance(address, Mapping) else None
    for stated in (traits.get("country"), within):
        if isinstance(stated, str) and (code := country_code(stated[:60])):
            return code
    return _region(phone) if phone else None


def zone_of(traits: Mapping[str, Any], phone: str | None, fallback: ZoneInfo) -> ZoneInfo:
    """The zone a person lives in, as far as their traits or the only zone of their number say."""
    named = traits.get("timezone") or traits.get("zone")
    if not isinstance(named, str):
        named = _zone(phone) if phone else None
    try:
        return ZoneInfo(named) if named else fallback
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fallback


@cache
def _codes() -> dict[str, str]:
    from holidays.registry import COUNTRIES

    found: dict[str, str] = {}
    for name, (_, short, long, *_more) in COUNTRIES.items():
        for spelling in (name.replace("_", "").upper(), short, long):
            found.setdefault(spelling, short)
    return found | {"UK": "GB", "RUSSIANFEDERATION": "RU", "USA": "US"}


@lru_cache(maxsize=1 << 14)
def _region(phone: str) -> str | None:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return None


@lru_cache(maxsize=1 << 14)
def _zone(phone: str) -> str | None:
    try:
        zones = phone_zones.time_zones_for_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return None
    return zones[0] if len(zones) == 1 and zones[0] != "Etc/Unknown" else None
