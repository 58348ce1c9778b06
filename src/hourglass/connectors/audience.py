"""Audiences that another system keeps: who is to be in one, who is not, and what it said to that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

from msgspec import Struct


class Member(Struct, frozen=True, kw_only=True):
    """A customer by the identifiers that the connector may see; what it did not ask for is None."""

    user_id: str | None = None
    email: str | None = None
    phone: str | None = None


class Membership(Struct, frozen=True, kw_only=True):
    """Somebody is to be in an audience (`add`), or is to be in it no longer."""

    member: Member
    add: bool


class Outcome(Enum):
    """What became of one membership."""

    DONE = "done"
    REFUSED = "refused"
    """For good: coming again would change nothing."""
    LATER = "later"
    """Nobody took it, or it went wrong: come again."""


class Taken(Struct, frozen=True, kw_only=True):
    """The answer about one membership; `pause`: seconds that the other side asked to wait."""

    outcome: Outcome
    detail: str = ""
    pause: float = 0.0


class AudienceConnector(Protocol):
    """A plug-in that is open. Telling the same twice does no harm on either side."""

    @property
    def batch(self) -> int:
        """How many memberships one call may carry."""
        ...

    def keep(self, audience: str, memberships: Sequence[Membership], mark: str, now: datetime) -> list[Taken]:
        """Tell the other system, in this order; one answer for each. Every failure is an answer, none is raised.

        `mark`: the name of the call, the same when it is made again.
        """
        ...

    def close(self) -> None:
        """Say good-bye."""
        ...
