"""One message before the gate: the candidate, with everything that the questions are about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from hourglass.messages.candidates.answer import Withheld
from hourglass.messages.outbox.claim import Claim
from hourglass.messages.policy.budget import Budget
from hourglass.messages.policy.cap import Had
from hourglass.messages.policy.document import Policy


class Said(Struct, frozen=True, kw_only=True):
    """The last word of a person about a topic."""

    granted: bool
    at: datetime
    source: str


class Room(Struct, kw_only=True):
    """What is left of a budget in its units, shared by all who draw on it. `next`: when the next period begins."""

    left: int
    next: datetime


class Case(Struct, kw_only=True):
    """Facts about one message, its person and the shop's rules."""

    claim: Claim
    policy: Policy
    zone: ZoneInfo
    """Where the person lives."""
    home: ZoneInfo
    """Where the workspace lives."""
    country: str | None = None
    person: int | None = None
    """None: erased."""
    address: str | None = None
    address_kind: str = "email"
    journey: str | None = None
    providers: tuple[str, ...] = ()
    """Who could carry it, best first."""
    provider: str | None = None
    """Who is to carry it: the first of them that budgets let."""
    traits: Mapping[str, Any] = {}
    said: Said | None = None
    """None: nobody ever said a word."""
    unconfirmed: bool = False
    """A yes was asked for and not confirmed yet."""
    paused_until: datetime | None = None
    fewer: bool = False
    suppressed: str | None = None
    unsold: Withheld | None = None
    """What speaks against it because of stock and price."""
    takes_mail: bool | None = None
    """What the DNS says about the domain; None: not known."""
    had: list[Had]
    """What reached the person, or is on its way; shared by all messages to one person."""
    coming: dict[str, datetime]
    """Journeys that are about to write to the person, and when."""
    rooms: dict[str, Room]
    """What is left of the budgets it would be paid from."""
    costs: dict[str, int] = {}
    """What it takes of each of them, in the units of the budget."""
    paid: frozenset[str] = frozenset()
    """Budgets that paid for it when it was tried before."""

    @property
    def draws(self) -> list[Budget]:
        """The budgets that pay for it when its provider carries it."""
        return self.drawn_by(self.provider)

    def drawn_by(self, provider: str | None) -> list[Budget]:
        """The budgets that would pay for it if this provider carried it."""
        return [one for one in self.policy.budgets if one.key in self.rooms and one.provider in (None, provider)]

    @property
    def marketing(self) -> bool:
        """Whether consent, caps and quiet hours apply."""
        return self.claim.marketing
