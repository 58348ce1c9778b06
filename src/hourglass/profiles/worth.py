"""Money as people read it."""

from __future__ import annotations

from msgspec import Struct

from hourglass.kernel import to_major


class Money(Struct, frozen=True, kw_only=True):
    """An amount in major units ("12.34") and its ISO 4217 currency."""

    amount: str
    currency: str


def money(minor: int, currency: str) -> Money:
    """Minor units as people read them."""
    return Money(amount=str(to_major(minor, currency)), currency=currency)
