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
class Person:
    """All that is known about one person."""

    events: list[Told] = field(default_factory=list)
    traits: dict[str, Any] = field(default_factory=dict)
    told_traits: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    consents: set[tuple[str, str]] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)


@dataclass
class World:
    """What conditions may lean on beside the person: the time, the currency, and the other segments."""

    now: datetime
    zone: str = "UTC"
    currency: str = "EUR"
    digits: int = 2
    segments: dict[str, dict[str, Any]] = field(default_factory=dict)


def as_text(value: object) -> str | None:
    """What a trait or property is for a comparison of texts: a text bare, anything else as JSON writes it."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
