"""Whom a message may go by: the providers of its channel that could carry it at this moment, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.delivery.lines import Key, Line, look, rates
from hourglass.messages.delivery.ways import Place, Way
from hourglass.postgres import Transaction

Chains = Mapping[tuple[int, str], tuple[Way, ...]]
"""By workspace and channel."""


def know_carriers(
    tx: Transaction, candidates: Sequence[Candidate], ways: Chains, rooms: Mapping[Place, int], now: datetime
) -> None:
    """Each candidate learns who could carry it: those that are there, and whose day is not used up.

    One statement, and only where a provider with a limit of the day has one behind it. Where nobody could carry it, it
    stands before the first that is there, or else before the first of all.
    """
    told = [(one, _there(ways.get((one.claim.workspace_id, one.claim.channel), ()), rooms)) for one in candidates]
    keys = {key for one, chain in told if one.claim.marketing for key in _of_the_day(one, chain)}
    lines = look(tx, keys, now) if keys else {}
    for one, chain in told:
        free = [way for way in chain if not (one.claim.marketing and _used_up(one, way, lines, now))]
        one.providers = tuple(way.name for way in free or chain[:1])


def _there(chain: tuple[Way, ...], rooms: Mapping[Place, int]) -> tuple[Way, ...]:
    return tuple(way for way in chain if rooms.get(way.place) != 0) or chain[:1]


def _of_the_day(one: Candidate, chain: Sequence[Way]) -> list[Key]:
    """The lines on which it shows whether the day of a provider is used up; nobody asks for the last one's."""
    return [key for way in chain[:-1] for key, rate in rates(way, one.address).items() if rate.per_day or rate.warm_up]


def _used_up(one: Candidate, way: Way, lines: Mapping[Key, Line], now: datetime) -> bool:
    """Whether the next one is to carry what this one may not on this day."""
    if way.limits is None or not lines:
        return False
    whys = [line.used_up(rate, now) for key, rate in rates(way, one.address).items() if (line := lines.get(key))]
    return any(why is not None and way.limits.moves_on(why) for why in whys)
