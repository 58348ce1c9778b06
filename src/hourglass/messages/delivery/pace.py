"""Keeps to the limits of providers: what may leave now does, the rest is told when its turn will be.

A message that has to wait goes back to the outbox with its turn as its time; so it is looked at twice, not again and
again. Single messages may run a second ahead of campaigns, which then wait for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hourglass.channels import Rate
from hourglass.messages.candidates.answer import Deferred
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.delivery.chain import Chains
from hourglass.messages.delivery.lines import Key, Line, hold, rates, store
from hourglass.messages.delivery.ways import Place, Way
from hourglass.messages.outbox.claim import Lane
from hourglass.postgres import Transaction

_AHEAD = {Lane.TRIGGERED: timedelta(seconds=2), Lane.CAMPAIGN: timedelta(seconds=1)}
Under = tuple[Way, list[tuple[Line, Rate]]]
Refusal = tuple[Line, Rate, str]


def pace(
    tx: Transaction, candidates: Sequence[Candidate], ways: Chains, rooms: dict[Place, int], now: datetime
) -> None:
    """Each candidate learns by whom it leaves; those that no limit lets leave now are deferred to their turn.

    `rooms` says how many may be planned for a provider that is not well (it is used up); the next one carries the rest,
    and what the day of a provider does not hold, where its limits say so. Where nobody is well, nothing is taken: only
    what leaves counts.
    """
    asking = [(one, _chain(one, ways, rooms)) for one in candidates if one.objection is None]
    limits = [(one, [(way, rates(way, one.address)) for way in chain]) for one, chain in asking]
    keys = {key for _, chain in limits for _, its in chain for key in its}
    lines = hold(tx, keys, now) if keys else {}
    for one, chain in limits:
        _place(one, [(way, _lines(lines, its)) for way, its in chain], rooms, now)
    if lines:
        store(tx, list(lines.values()))


def _chain(one: Candidate, ways: Chains, rooms: Mapping[Place, int]) -> list[Way]:
    """Who may come to carry it: from the one that the gate was asked about on, as far as a message can move on."""
    found: list[Way] = []
    for way in ways.get((one.claim.workspace_id, one.claim.channel), ()):
        if found or one.provider in (None, way.name):
            found.append(way)
            if way.place not in rooms and not (way.limits is not None and way.limits.of_the_day):
                break
    return found


def _lines(lines: Mapping[Key, Line], its: Mapping[Key, Rate]) -> list[tuple[Line, Rate]]:
    return [(lines[key], rate) for key, rate in its.items()]


def _place(one: Candidate, chain: Sequence[Under], rooms: dict[Place, int], now: datetime) -> None:
    """By the first provider that has room for it; where none has, it waits for the turn that comes first."""
    ahead, daily = _AHEAD[one.claim.lane], one.claim.marketing
    refusals: list[Refusal] = []
    for way, under in chain:
        room = rooms.get(way.place)
        if room == 0:
            continue
        refusal = _refusal(under, now, ahead, daily=daily)
        if refusal is None:
            _take(one, way, under, rooms, now)
            return
        refusals.append(refusal)
        if way.limits is None or not way.limits.moves_on(refusal[2]):
            break
    if refusals:
        line, rate, why = min(refusals, key=lambda refusal: refusal[0].turn(refusal[2], now, ahead))
        until = line.book(rate, why, now, ahead)
        one.objection = Deferred(reason=why, until=until, detail=line.domain or line.provider)


def _refusal(under: Sequence[tuple[Line, Rate]], now: datetime, ahead: timedelta, *, daily: bool) -> Refusal | None:
    told = ((line, rate, line.refuses(rate, now, ahead, daily=daily)) for line, rate in under)
    return next(((line, rate, why) for line, rate, why in told if why is not None), None)


def _take(one: Candidate, way: Way, under: Sequence[tuple[Line, Rate]], rooms: dict[Place, int], now: datetime) -> None:
    """It leaves by this one, and counts. Where providers have budgets, the gate is asked about another one first."""
    if one.by_budget and one.provider not in (None, way.name):
        one.objection = Deferred(reason="next_provider", until=now, detail=way.name)
        return
    for line, rate in under:
        line.take(rate, now)
    one.via = way.place
    if way.place in rooms:
        rooms[way.place] -= 1
