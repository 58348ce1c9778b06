"""A random shop life: people who come anonymously and become known, buy, change their minds, are merged and erased;
events that come late, twice, or as history; and a clock that jumps over days, and over the change to summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hourglass import profiles
from tests.audience.agreement.documents import CATEGORIES, CITIES, EVENTS
from tests.audience.oracle.people import Person, Told
from tests.engine.shop import SHOP, Shop

START = datetime(2026, 3, 25, 21, 30, tzinfo=UTC)
"""Three days before Belgrade and Almaty's neighbours in time go their own ways."""


class Life:
    """Sends what happens into a shop, and remembers it for the oracle."""

    def __init__(self, shop: Shop, draw: Random) -> None:
        self.shop, self._draw = shop, draw
        self._sent: list[dict[str, Any]] = []
        self._merged: list[tuple[int, int]] = []

    def happen(self) -> None:
        """A few things at once, then time."""
        calls = [self._call() for _ in range(self._draw.randint(1, 25))]
        if self._sent and self._draw.random() < 0.3:
            calls.append(self._draw.choice(self._sent))
        for call in calls:
            self.shop.send(call, historical=call.get("context", {}).get("historical", False))
            if call not in self._sent:
                self._sent.append(call)
        jump = self._draw.choice((timedelta(), timedelta(minutes=1), timedelta(hours=5), timedelta(days=2, hours=3)))
        self.shop.tick(jump)
        if self._draw.random() < 0.25:
            self._decide()
        self.shop.tick(timedelta())

    def people(self) -> dict[int, Person]:
        """Everybody who is somebody now, put together from all that was sent."""
        homes = self._homes()
        found = {row[0]: Person() for row in self.shop.rows("SELECT id FROM profiles WHERE merged_into IS NULL")}
        for seq, call in enumerate(self._sent):
            profile = self._home(call, homes)
            if profile in found:
                _live(found[profile], call, seq)
        return {profile: _settled(person) for profile, person in found.items()}

    def _homes(self) -> dict[tuple[str, str], int]:
        rows = self.shop.rows("SELECT kind, value, profile_id FROM identities")
        return {(kind, value): profile for kind, value, profile in rows}

    def _home(self, call: dict[str, Any], homes: dict[tuple[str, str], int]) -> int | None:
        """An event belongs to whom its strongest identifier belongs to."""
        user, anonymous = call.get("userId"), call.get("anonymousId")
        return homes.get(("user_id", user)) if user else homes.get(("anonymous_id", str(anonymous)))

    def _call(self) -> dict[str, Any]:
        number = len(self._sent) + self._draw.randrange(10**9)
        who: dict[str, Any] = {"userId": f"u{self._draw.randint(1, 12)}"}
        if self._draw.random() < 0.4:
            who = {"anonymousId": f"a{self._draw.randint(1, 10)}"} | (who if self._draw.random() < 0.3 else {})
        call = {"messageId": f"life-{number}", "timestamp": self._at().isoformat(), **who}
        roll = self._draw.random()
        if roll < 0.2:
            return call | {"type": "identify", "traits": self._traits()}
        if roll < 0.3:
            answer = self._draw.choice(("Consent Granted", "Consent Withdrawn"))
            topic = self._draw.choice(("news", "sale", "*"))
            channel = self._draw.choice(("email", "sms"))
            return call | {"event": answer, "properties": {"channel": channel, "topic": topic}}
        if self._draw.random() < 0.1:
            call["context"] = {"historical": True}
        return call | {"event": self._draw.choice(EVENTS), "properties": self._properties()}

    def _at(self) -> datetime:
        """Now, or late; never two at one moment, but where a test of ties wants it."""
        late = self._draw.choice((0.0, 0.0, 0.0, 3600.0, 86_400.0 * 4, 86_400.0 * 50))
        back = timedelta(seconds=self._draw.random() * late, microseconds=self._draw.randrange(1000))
        return self.shop.clock.now() - back

    def _traits(self) -> dict[str, Any]:
        joined = self.shop.clock.now() - timedelta(days=self._draw.randint(-3, 50))
        values: dict[str, Any] = {
            "city": self._draw.choice(CITIES),
            "age": self._draw.choice((17, 18, "30", "30 ", 0.5, "x", None)),
            "joined": self._draw.choice((joined.date().isoformat(), joined.isoformat(), "soon")),
            "vip": self._draw.choice((True, False)),
        }
        return {name: values[name] for name in self._draw.sample(sorted(values), self._draw.randint(1, 3))}

    def _properties(self) -> dict[str, Any]:
        lines = [self._line() for _ in range(self._draw.randint(0, 3))]
        values: dict[str, Any] = {
            "category": self._draw.choice(CATEGORIES),
            "revenue": self._draw.choice((0.1, 0.2, 19.99, 50, 100.5)),
            "currency": self._draw.choice(("EUR", "EUR", "EUR", "USD")),
            "score": self._draw.choice((0.5, 30, "18", "many", None, True)),
            "products": self._draw.choice((lines, lines, "none")),
        }
        return {name: values[name] for name in values if self._draw.random() < 0.75}

    def _line(self) -> dict[str, Any]:
        line = {
            "category": self._draw.choice(CATEGORIES),
            "price": self._draw.choice((9.99, 19.99, "50", "free")),
            "quantity": self._draw.choice((1, 2, "3")),
        }
        return {name: value for name, value in line.items() if self._draw.random() < 0.85}

    def _decide(self) -> None:
        """A person at the desk merges two people, parts them again, or erases one."""
        rows = self.shop.rows("SELECT id, profile_id FROM identities ORDER BY id")
        low, high = sorted(self._draw.sample(rows, 2)) if len(rows) > 1 else (rows[0], rows[0])
        now, roll = self.shop.clock.now(), self._draw.random()
        with self.shop.database.transaction() as tx:
            if roll < 0.3:
                homes = self._homes()
                profiles.erase(tx, SHOP, low[1], now)
                # What is erased was never sent, as far as the oracle is concerned.
                self._sent = [call for call in self._sent if self._home(call, homes) != low[1]]
                self._merged.clear()
            elif roll < 0.5 and self._merged:
                profiles.unmerge(tx, SHOP, *self._merged.pop(), "test", now)
            elif low[1] != high[1]:
                profiles.merge(tx, SHOP, low[0], high[0], "test", now)
                self._merged.append((low[0], high[0]))


def _live(person: Person, call: dict[str, Any], seq: int) -> None:
    at = datetime.fromisoformat(call["timestamp"])
    name = call.get("event", "Profile Identified")
    person.events.append(Told(name=name, at=at, seq=seq, properties=call.get("properties", {})))
    if call.get("type") == "identify":
        person.told_traits.append((at, call["traits"]))


def _settled(person: Person) -> Person:
    """The latest word on every trait and every consent."""
    for _, traits in sorted(person.told_traits, key=lambda told: told[0]):
        person.traits |= traits
    for event in sorted(person.events, key=lambda event: event.at):
        if event.name not in ("Consent Granted", "Consent Withdrawn"):
            continue
        about = event.properties["topic"]
        for topic in ("news", "sale") if about == "*" else (about,):
            if event.name == "Consent Granted":
                person.consents.add((event.properties["channel"], topic))
            else:
                person.consents.discard((event.properties["channel"], topic))
    return person
