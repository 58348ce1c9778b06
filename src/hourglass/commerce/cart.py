"""A cart as the sum of what was put in, taken out, told as a whole and bought."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from hourglass.commerce.lines import Line, encode_lines, seconds

OPEN, ORDERED, EMPTIED = "open", "ordered", "emptied"
DEVICE = "device:"
"""Begins the id of a cart that the shop gave none: it belongs to a browser (or to a user where none is named)."""

_MOST_LINES = 200
_decode = msgspec.json.Decoder(list[Line]).decode


class Cart(Struct, kw_only=True):
    """What somebody has chosen; money in minor units of `currency`, `lines` as JSON."""

    id: str
    identity_id: int
    profile_id: int
    state: str = EMPTIED
    lines: str = "[]"
    value: int = 0
    currency: str
    opened_at: datetime
    updated_at: datetime
    reset_at: datetime | None = None
    """When it was told as a whole or bought: what was put in before no longer counts."""


def touch(cart: Cart, at: datetime, identity_id: int, profile_id: int) -> None:
    """Somebody had the cart in hand; it belongs to whoever had it last."""
    if at >= cart.updated_at:
        cart.updated_at, cart.identity_id, cart.profile_id = at, identity_id, profile_id


def put_in(cart: Cart, line: Line, at: datetime) -> None:
    """One more line, or more of one."""
    if _too_late(cart, at):
        return
    lines = _current(cart)
    known = next((one for one in lines if one.key == line.key), None)
    if known is None:
        lines.append(line)
    else:
        known.quantity += line.quantity
        known.price = line.price if line.price is not None else known.price
        known.at = max(known.at, line.at)
    _fill(cart, lines, at)


def take_out(cart: Cart, line: Line, at: datetime, *, all_of_it: bool) -> None:
    """Less of a line, or none of it any more."""
    if _too_late(cart, at):
        return
    lines = _current(cart)
    for one in lines:
        if one.key == line.key:
            one.quantity = 0 if all_of_it else one.quantity - line.quantity
    _fill(cart, [one for one in lines if one.quantity > 0], at)


def tell_whole(cart: Cart, told: Iterable[Line], at: datetime) -> None:
    """The shop says what is in it; only what was put in even later stays besides."""
    if _too_late(cart, at):
        return
    later = [one for one in _current(cart) if one.at > seconds(at)]
    keys = {one.key for one in later}
    cart.reset_at = at
    _fill(cart, [*(one for one in told if one.key not in keys), *later], at)


def buy(cart: Cart, at: datetime) -> None:
    """It was ordered. What was put in later is the beginning of the next one."""
    if cart.state != OPEN or _too_late(cart, at):
        return
    later = [one for one in _current(cart) if one.at > seconds(at)]
    cart.reset_at = at
    if later:
        _fill(cart, later, at)
    else:
        cart.state, cart.updated_at = ORDERED, max(cart.updated_at, at)


def _too_late(cart: Cart, at: datetime) -> bool:
    return cart.reset_at is not None and at <= cart.reset_at


def _current(cart: Cart) -> list[Line]:
    """The lines that count; those of a bought cart are kept as a record only."""
    return _decode(cart.lines) if cart.state == OPEN else []


def _fill(cart: Cart, lines: list[Line], at: datetime) -> None:
    if lines and cart.state != OPEN:
        cart.opened_at = at
    cart.state = OPEN if lines else EMPTIED
    cart.lines = encode_lines(lines[-_MOST_LINES:]).decode()
    cart.value = sum(one.value for one in lines)
