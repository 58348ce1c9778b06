"""What a reader who clicked tells the shop's tracker: the page she came to, and perhaps an order."""

from __future__ import annotations

from datetime import datetime

import msgspec

from hourglass.demo.chance import dice
from hourglass.demo.goods import Shelf, looked_at, product_lines
from hourglass.demo.readers.letter import Letter
from hourglass.demo.retail import CURRENCY, Line
from hourglass.demo.telling import Told, Who, page, track
from hourglass.kernel import digest

_MOST_OF_ONE = 6


def reader(letter: Letter) -> Who:
    """Addresses of the demo end in the customer's number."""
    return Who(letter.recipient.partition("@")[0].rpartition(".")[2])


def arrives(letter: Letter, url: str, at: datetime) -> Told:
    """She is on the page that the link leads to."""
    return _at(page(reader(letter), _key(letter), "From a letter", {"url": url}), at)


def looks(letter: Letter, shelf: Shelf, at: datetime, seed: str) -> Told:
    """She looks at the first of what she may buy."""
    return _at(track(reader(letter), "Product Viewed", _key(letter), looked_at(_lines(letter, shelf, seed)[0])), at)


def buys(letter: Letter, shelf: Shelf, at: datetime, seed: str) -> Told:
    """An order of some things, in quantities of a household."""
    lines = _lines(letter, shelf, seed)
    total = round(sum(line.price * line.quantity for line in lines) / 1000, 2)
    properties = {"order_id": f"letter-{_key(letter)}", "revenue": total, "total": total, "currency": CURRENCY}
    return _at(track(reader(letter), "Order Completed", _key(letter), {**properties, **product_lines(lines)}), at)


def _lines(letter: Letter, shelf: Shelf, seed: str) -> list[Line]:
    throw = dice(seed, "buys", _key(letter))
    lines = shelf.pick(throw, 1 + int(throw.random() * 4))
    return [msgspec.structs.replace(line, quantity=1 + int(throw.random() * _MOST_OF_ONE)) for line in lines]


def _key(letter: Letter) -> str:
    return digest("letter", letter.recipient, letter.subject).hex[:12]


def _at(told: Told, at: datetime) -> Told:
    return {**told, "timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z")}
