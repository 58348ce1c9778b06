"""Everybody else who comes to the shop in the week played live, made up hour by hour: lookers, leavers, newcomers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

import msgspec
from msgspec import Struct

from hourglass.demo.chance import between, dice, pick, weighted
from hourglass.demo.customers import becomes_known
from hourglass.demo.goods import Shelf
from hourglass.demo.people import Person, person
from hourglass.demo.telling import Moment, Who
from hourglass.demo.visits import Visit
from hourglass.kernel import digest

# Visits an hour, from midnight; at home in the evening people look around most.
_VISITS = (5, 4, 3, 3, 3, 3, 5, 8, 12, 18, 18, 18, 20, 18, 18, 18, 18, 18, 22, 25, 25, 24, 18, 10)
_KINDS = (
    ("glances", 38),
    ("looks", 22),
    ("leaves_cart", 12),
    ("regular_looks", 10),
    ("regular_leaves_cart", 12),
    ("signs_up", 6),
)
_COMES_BACK, _CART_OF_NEWCOMER = 0.3, 0.5
# Some newcomers are no new people: an old customer's address again, or another person on her device.
_SAME_ADDRESS, _SAME_DEVICE = 0.06, 0.06


class Crowd(Struct, frozen=True):
    """Who may come: `regulars` are customers who buy nothing in this week."""

    shelf: Shelf
    regulars: Sequence[str]
    seed: str

    def visits(self, since: datetime, until: datetime) -> Iterator[Moment]:
        """All of them, hour by hour; in no order within an hour."""
        hour = since.replace(minute=0, second=0, microsecond=0)
        while hour < until:
            for number in range(_VISITS[hour.hour]):
                key = digest("crowd", hour.isoformat(), str(number)).hex[:10]
                throw = dice(self.seed, "crowd", key)
                at = hour + timedelta(seconds=between(throw, 0, 3600))
                if since <= at < until:
                    yield from self._visit(key, throw, at)
            hour += timedelta(hours=1)

    def _visit(self, key: str, throw: Random, at: datetime) -> Iterator[Moment]:
        match weighted(throw, _KINDS):
            case "glances":
                return self._looks(key, throw, at, _visitor(key), 2)
            case "looks":
                return self._looks(key, throw, at, _visitor(key), 8)
            case "leaves_cart":
                return self._leaves_cart(key, throw, at, _visitor(key))
            case "regular_looks":
                return self._looks(key, throw, at, self._regular(throw), 6)
            case "regular_leaves_cart":
                return self._leaves_cart(key, throw, at, self._regular(throw))
            case _:
                return self._signs_up(key, throw, at)

    def _regular(self, throw: Random) -> Who:
        if not self.regulars:
            return _visitor(f"{throw.random():.12f}"[2:])
        she = person(pick(throw, self.regulars), self.seed)
        return Who(she.user_id, she.device)

    def _looks(self, key: str, throw: Random, at: datetime, who: Who, most: int) -> Iterator[Moment]:
        visit = Visit(key, who, throw)
        lines = self.shelf.pick(throw, 1 + int(throw.random() * most))
        yield visit.arrives(at)
        yield from visit.looks(lines, at + timedelta(seconds=10), at + timedelta(minutes=2 * len(lines)))

    def _leaves_cart(self, key: str, throw: Random, at: datetime, who: Who) -> Iterator[Moment]:
        visit, cart = Visit(key, who, throw), f"cart-{key}"
        lines = self.shelf.pick(throw, 1 + int(throw.random() * 4))
        leaves_at = at + timedelta(minutes=2 + 3 * len(lines))
        yield visit.arrives(at)
        yield from visit.fills(cart, lines, at + timedelta(seconds=15), leaves_at)
        if throw.random() < 0.4:
            yield visit.checks_out(cart, lines, leaves_at + timedelta(seconds=40))
        if who.user_id and throw.random() < _COMES_BACK:
            yield visit.returns_to(cart, leaves_at + timedelta(minutes=between(throw, 70, 480)))

    def _signs_up(self, key: str, throw: Random, at: datetime) -> Iterator[Moment]:
        she, device = self._newcomer(key, throw)
        yield from self._looks(f"{key}-first", throw, at, Who(None, device), 3)
        signed_up_at = at + timedelta(minutes=between(throw, 8, 12))
        yield from becomes_known(she, device, signed_up_at, None)
        if throw.random() < _CART_OF_NEWCOMER:
            yield from self._leaves_cart(key, throw, signed_up_at + timedelta(minutes=1), Who(she.user_id, device))

    def _newcomer(self, key: str, throw: Random) -> tuple[Person, str]:
        she = person(f"n{key[:6]}", self.seed)
        point = throw.random()
        if self.regulars and point < _SAME_ADDRESS + _SAME_DEVICE:
            other = person(pick(throw, self.regulars), self.seed)
            if point < _SAME_ADDRESS:
                return msgspec.structs.replace(other, user_id=she.user_id), she.device
            return she, other.device
        return she, she.device


def _visitor(key: str) -> Who:
    return Who(None, f"visitor-{key}")
