"""What came of some messages of a campaign, counted alike for a variant, an edition and all editions together."""

from __future__ import annotations

from msgspec import Struct


class Numbers(Struct, frozen=True, kw_only=True):
    """Opens and clicks by people alone; what was credited is in the workspace's currency, in minor units."""

    recipients: int
    sent: int
    opened: int
    clicked: int
    complained: int
    unsubscribed: int
    orders: int
    revenue: int
