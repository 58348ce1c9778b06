"""Links: evidence that two identifiers are one person, and the order in which evidence counts."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from hourglass.profiles.identifiers import ANONYMOUS, EMAIL, PHONE, USER, Identifier

MERGE, STATED, DEVICE = "merge", "stated", "device"
"""A person decided so; one call named both; a device was used by somebody known."""

_WEIGHT = {MERGE: 0, STATED: 1, DEVICE: 2}


class Pair(NamedTuple):
    """What makes a link the same link: two identity ids, `low` < `high`, and the kind of evidence."""

    low: int
    high: int
    kind: str


class Link(Struct, frozen=True, kw_only=True, gc=False):
    """One piece of evidence; `at` is the earliest event that gave it."""

    low: int
    high: int
    kind: str
    at: datetime
    state: str = "applied"
    reason: str | None = None
    author: str | None = None
    """Who decided, where a person did."""

    @property
    def pair(self) -> Pair:
        """Its key."""
        return Pair(self.low, self.high, self.kind)

    @property
    def counts(self) -> bool:
        """Whether it is evidence at all: not after a person said no."""
        return self.state not in {"rejected", "undone"}


class Limits(Struct, frozen=True, kw_only=True):
    """How many identifiers of a kind one person may have, and how much evidence one identifier may gather.

    The first keeps a shared till from swallowing the town; the second keeps work bounded where an identifier is a
    placeholder ("test@example.com", the tablet in the shop): evidence beyond it is not even recorded.
    """

    person: dict[str, int]
    evidence: dict[str, int]


LIMITS = Limits(
    person={USER: 1, EMAIL: 10, PHONE: 10, ANONYMOUS: 500},
    evidence={USER: 1000, EMAIL: 50, PHONE: 50, ANONYMOUS: 50},
)


def canonical(link: Link, low: Identifier, high: Identifier) -> tuple[int, datetime, Identifier, Identifier]:
    """The sort key of evidence. It knows no row ids, so it is the same however the events were cut and ordered."""
    first, second = (low, high) if low < high else (high, low)
    return _WEIGHT[link.kind], link.at, first, second
