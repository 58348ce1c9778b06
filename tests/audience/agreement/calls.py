"""What a shop sends, at random: people look, buy, say who they are and what they allow, get messages and open them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.audience.agreement.documents import CATEGORIES, CITIES, EVENTS, MESSAGES, PRODUCTS

PEOPLE = 18


class Calls:
    """Draws calls; of each moment there is one at most, to the microsecond, but for chance."""

    def __init__(self, draw: Random) -> None:
        self._draw, self._count = draw, 0

    def call(self, now: datetime) -> dict[str, Any]:
        """Now, or late, or as history."""
        draw = self._draw
        self._count += 1
        call: dict[str, Any] = {
            "messageId": f"life-{self._count}-{draw.randrange(10**9)}",
            "timestamp": self._at(now).isoformat(),
        }
        roll = draw.random()
        if roll < 0.04:
            return call | {"anonymousId": "catalogue", "event": "Product Updated", "properties": self._news()}
        number = draw.randint(1, PEOPLE)
        call |= self._who(number)
        if roll < 0.2:
            return call | {"type": "identify", "traits": self._traits(number, now)}
        if roll < 0.3:
            answer = draw.choice(("Consent Granted", "Consent Withdrawn"))
            said = {"channel": draw.choice(("email", "sms")), "topic": draw.choice(("news", "sale", "*"))}
            return call | {"event": answer, "properties": said}
        if roll < 0.45:
            return call | {"event": draw.choice(MESSAGES), "properties": self._message(number)}
        if draw.random() < 0.1:
            call["context"] = {"historical": True}
        return call | {"event": draw.choice(EVENTS), "properties": self._properties()}

    def _who(self, number: int) -> dict[str, Any]:
        draw = self._draw
        known = {"userId": f"u{number}"}
        if draw.random() >= 0.4:
            return known
        return {"anonymousId": f"a{draw.randint(1, 10)}"} | (known if draw.random() < 0.3 else {})

    def _at(self, now: datetime) -> datetime:
        late = self._draw.choice((0.0, 0.0, 0.0, 3600.0, 86_400.0 * 4, 86_400.0 * 50))
        return now - timedelta(seconds=self._draw.random() * late, microseconds=self._draw.randrange(1000))

    def _traits(self, number: int, now: datetime) -> dict[str, Any]:
        draw = self._draw
        joined = now - timedelta(days=draw.randint(-3, 50))
        values: dict[str, Any] = {
            "city": draw.choice(CITIES),
            "age": draw.choice((17, 18, "30", "30 ", 0.5, "x", None)),
            "joined": draw.choice((joined.date().isoformat(), joined.isoformat(), "soon")),
            "vip": draw.choice((True, False)),
            "email": f"U{number}@shop.test.com",
            "phone": f"+770112345{number:02}",
        }
        return {name: values[name] for name in draw.sample(sorted(values), draw.randint(1, 3))}

    def _properties(self) -> dict[str, Any]:
        draw = self._draw
        lines = [self._line() for _ in range(draw.randint(0, 3))]
        values: dict[str, Any] = {
            "category": draw.choice(CATEGORIES),
            "revenue": draw.choice((0.1, 0.2, 19.99, 50, 100.5)),
            "currency": draw.choice(("EUR", "EUR", "EUR", "USD", "eur")),
            "score": draw.choice((0.5, 30, "18", "many", None, True)),
            "products": draw.choice((lines, lines, "none")),
            "product_id": draw.choice(PRODUCTS),
            "price": draw.choice((8, 10, 19.99, "50", "free")),
            "order_id": f"o{draw.randint(1, 40)}",
        }
        return {name: values[name] for name in values if draw.random() < 0.75}

    def _line(self) -> dict[str, Any]:
        draw = self._draw
        line = {
            "product_id": draw.choice(PRODUCTS),
            "category": draw.choice(CATEGORIES),
            "price": draw.choice((9.99, 19.99, "50", "free")),
            "quantity": draw.choice((1, 2, "3")),
        }
        return {name: value for name, value in line.items() if draw.random() < 0.85}

    def _news(self) -> dict[str, Any]:
        draw = self._draw
        values: dict[str, Any] = {
            "price": draw.choice((5, 9.5, 30, 60)),
            "stock": draw.choice((0, 1, 7)),
            "brand": draw.choice(("Acme", "Zorro")),
            "currency": draw.choice(("EUR", "EUR", "USD")),
        }
        told = {name: value for name, value in values.items() if draw.random() < 0.6}
        return {"product_id": draw.choice(PRODUCTS)} | told

    def _message(self, number: int) -> dict[str, Any]:
        draw = self._draw
        values: dict[str, Any] = {
            "message_id": number * 10 + draw.randint(0, 4),
            "channel": draw.choice(("email", "sms")),
            "journey": draw.choice(("welcome", "cart")),
            "by": draw.choice(("human", "proxy", "scanner", None)),
        }
        return {name: value for name, value in values.items() if draw.random() < 0.85}
