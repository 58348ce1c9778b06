"""Whether a code is good at a moment, and in words why not."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

PromoState = Literal["good", "used", "revoked", "not_yet", "expired"]
SENTENCES: dict[PromoState, str] = {
    "good": "The code is good.",
    "used": "The code was used before.",
    "revoked": "The code was withdrawn.",
    "not_yet": "The code is not good yet.",
    "expired": "The code has ended.",
}


class Ticket(Struct, kw_only=True):
    """One code of one pool with all that decides about it."""

    pool: str
    code: str
    profile_id: int | None
    given_at: datetime | None
    valid_from: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None
    redeemed_at: datetime | None
    order_id: str | None

    def state(self, at: datetime) -> PromoState:
        """What a till would say at that moment."""
        if self.redeemed_at is not None:
            return "used"
        if self.revoked_at is not None and at >= self.revoked_at:
            return "revoked"
        if self.valid_from is not None and at < self.valid_from:
            return "not_yet"
        return "expired" if self.expires_at is not None and at >= self.expires_at else "good"
