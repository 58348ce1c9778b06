"""Who the oracle is asked about."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Told:
    """One event of a person, as the shop sent it."""

    name: str
    at: datetime
    seq: int
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass
class Order:
    """As commerce holds it; prices of lines in minor units."""

    id: str
    state: str
    ordered_at: datetime
    currency: str
    lines: list[dict[str, Any]]


@dataclass
class Stocked:
    """A product as the catalogue has it, the price in minor units."""

    price: int | None
    currency: str | None
    stock: int | None
    available: bool | None
    restocked_at: datetime | None
    category: str | None
    brand: str | None
    name: str | None


@dataclass
class Person:
    """All that is known about one person."""

    events: list[Told] = field(default_factory=list)
    traits: dict[str, Any] = field(default_factory=dict)
    told_traits: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)
    id: int = 0
    identifiers: set[str] = field(default_factory=set)
    addresses: dict[str, str | None] = field(default_factory=dict)
    ledger: list[tuple[str, str, bool]] = field(default_factory=list)
    """Channel, topic and whether it was a yes, the latest last."""
    orders: list[Order] = field(default_factory=list)


@dataclass
class World:
    """What conditions may lean on beside the person: the time, the currency, the other segments and stages."""

    now: datetime
    zone: str = "UTC"
    currency: str = "EUR"
    digits: int = 2
    segments: dict[str, dict[str, Any]] = field(default_factory=dict)
    products: dict[str, Stocked] = field(default_factory=dict)
    suppressed: set[tuple[Any, ...]] = field(default_factory=set)
    channels: dict[str, str | None] = field(default_factory=dict)
    """By what kind of address a channel reaches people."""


def as_text(value: object) -> str | None:
    """What a trait or property is for a comparison of texts: a text bare, anything else as JSON writes it."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
