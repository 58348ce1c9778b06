"""What every family reads: frames over any engine that Narwhals knows, and the circumstances of the run.

Moments are whole microseconds since 1970 and days whole days since 1970 in the workspace's zone: so the sums are
integer and the same everywhere, and no engine's idea of time zones matters.
"""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
from msgspec import Struct

Frame = nw.LazyFrame[Any]
DAY: Final = 86_400_000_000
"""Microseconds."""


class Sources(Struct, frozen=True, kw_only=True):
    """All there is about the people of one workspace up to `now`."""

    people: Frame
    """profile_id, known (a contact, not a visitor), subscribed (allows at least one channel)."""
    orders: Frame
    """Orders that stand (see orders.py): profile_id, order_id, at, day, net in minor units of the workspace's
    currency.
    """
    bought: Frame
    """Lines of those orders: profile_id, order_id, product_id, category, brand, quantity, price in minor units or
    null, deal.
    """
    acts: Frame
    """What people did themselves in the shop: profile_id, event, at, hour (0-23), weekday (1 is Monday), category."""
    praise: Frame
    """Recommendations: profile_id, at."""
    messages: Frame
    """Messages sent, opened and clicked, machines left out: profile_id, event, at, channel, message."""


class Circumstances(Struct, frozen=True, kw_only=True):
    """What else the values depend on."""

    now: int
    """Microseconds since 1970."""
    channels: tuple[str, ...] = ()
    """Channels on which the workspace has sent messages, by name."""
