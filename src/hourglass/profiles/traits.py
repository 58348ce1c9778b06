"""Traits: facts about a person. Each key keeps the value of the latest event that named it, whenever it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from math import inf
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct, field

_MOST_KEYS = 500
_LONGEST_KEY = 200
_LARGEST_VALUE = 4096  # bytes of JSON; more is a document, not a fact

_encode = msgspec.json.Encoder(order="deterministic").encode


class Traits(Struct, kw_only=True):
    """Values by key, and when each was said (epoch seconds). A key with a time and no value was taken back."""

    values: dict[str, Any] = field(default_factory=dict[str, Any])
    times: dict[str, float] = field(default_factory=dict[str, float])


class Heard(NamedTuple):
    """What telling did: whether any value is another now, and by how many seconds what stands became more recent."""

    changed: bool
    renewed: float


def tell(traits: Traits, said: Mapping[str, Any], at: datetime) -> Heard:
    """Take in what an event says; null takes a key back."""
    moment = at.timestamp()
    changed, renewed = False, 0.0
    for key, value in said.items():
        if len(key) <= _LONGEST_KEY and _fits(value):
            before = traits.times.get(key, -inf)
            changed |= _set(traits, key, value, moment)
            renewed = max(renewed, traits.times[key] - before)
    if len(traits.times) > _MOST_KEYS:
        _forget_oldest(traits)
    return Heard(changed, renewed)


def fold(parts: Iterable[Traits]) -> Traits:
    """What several identifiers of one person were told, as one."""
    whole = Traits()
    for part in parts:
        for key, moment in part.times.items():
            _set(whole, key, part.values.get(key), moment)
    if len(whole.times) > _MOST_KEYS:
        _forget_oldest(whole)
    return whole


def _set(traits: Traits, key: str, value: Any, moment: float) -> bool:
    known_at = traits.times.get(key)
    standing = traits.values.get(key)
    if known_at is not None and (moment < known_at or (moment == known_at and not _outranks(value, standing))):
        return False
    traits.times[key] = moment
    if value is None:
        traits.values.pop(key, None)
    else:
        traits.values[key] = value
    return standing != value


def _outranks(value: Any, standing: Any) -> bool:
    """Two values of the same moment: the larger JSON, so that the order of arrival does not matter."""
    return _encode(value) > _encode(standing)


def _fits(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LARGEST_VALUE
    if isinstance(value, dict | list):
        return len(_encode(value)) <= _LARGEST_VALUE
    return True


def _forget_oldest(traits: Traits) -> None:
    kept = sorted(traits.times, key=lambda key: (traits.times[key], key), reverse=True)[:_MOST_KEYS]
    traits.times = {key: traits.times[key] for key in kept}
    traits.values = {key: traits.values[key] for key in kept if key in traits.values}
