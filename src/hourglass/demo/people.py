"""Who the customers might be: names, addresses and consents made up for the real customer numbers."""

from __future__ import annotations

from random import Random
from typing import Any

from msgspec import Struct

from hourglass.demo.chance import dice, pick
from hourglass.demo.names import ENGLISH_FAMILY, ENGLISH_GIVEN, RUSSIAN_FAMILY, RUSSIAN_MEN, RUSSIAN_WOMEN, Name, womans

# Domains that RFC 2606 keeps free of real people.
DOMAINS = ("example.com", "example.net", "example.org")
RUSSIAN_SHARE, NEWS_SHARE, OFFERS_SHARE, REVOKED_SHARE = 0.15, 0.80, 0.6, 0.04
MADE_UP = ("email", "name", "firstName", "lastName", "locale")


class Person(Struct, frozen=True):
    """A customer number with everything the demo made up about it."""

    user_id: str
    first_name: str
    last_name: str
    email: str
    locale: str
    topics: tuple[str, ...]
    revokes: bool

    @property
    def device(self) -> str:
        """The browser she is seen with before she logs in."""
        return f"device-{self.user_id}"

    def traits(self, country: str | None) -> dict[str, Any]:
        """What an identify call says about her; only the country is real, where there is one."""
        known = {} if country is None else {"country": country}
        return {
            "email": self.email,
            "name": f"{self.first_name} {self.last_name}",
            "firstName": self.first_name,
            "lastName": self.last_name,
            "locale": self.locale,
            **known,
            "generated_fields": list(MADE_UP),
        }


def person(user_id: str, seed: str) -> Person:
    """The same number is the same person each time."""
    throw = dice(seed, "person", user_id)
    locale = "ru" if throw.random() < RUSSIAN_SHARE else "en"
    given, family = _russian(throw) if locale == "ru" else (pick(throw, ENGLISH_GIVEN), pick(throw, ENGLISH_FAMILY))
    return Person(
        user_id=user_id,
        first_name=given[0],
        last_name=family[0],
        email=f"{given[1]}.{family[1]}.{user_id}@{pick(throw, DOMAINS)}",
        locale=locale,
        topics=_topics(throw),
        revokes=throw.random() < REVOKED_SHARE,
    )


def _russian(throw: Random) -> tuple[Name, Name]:
    if throw.random() < 0.6:
        return pick(throw, RUSSIAN_WOMEN), womans(pick(throw, RUSSIAN_FAMILY))
    return pick(throw, RUSSIAN_MEN), pick(throw, RUSSIAN_FAMILY)


def _topics(throw: Random) -> tuple[str, ...]:
    if throw.random() >= NEWS_SHARE:
        return ()
    return ("news", "marketing") if throw.random() < OFFERS_SHARE else ("news",)
