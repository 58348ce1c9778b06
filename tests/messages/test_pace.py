"""Limits of providers: how much leaves when, kept by several workers together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hourglass.channels import Limits, Outcome, read_limits
from hourglass.kernel import FixedClock, Malformed
from hourglass.messages.delivery.ways import Way
from tests.messages.shop import NOW, Shop, until
from tests.messages.test_failover import Two, carrying


def limits(**told: Any) -> Limits:
    read = read_limits(told)
    assert read is not None
    return read


class Limited(Two):
    """One provider with limits."""

    def __init__(self, **told: Any) -> None:
        super().__init__()
        self._ways = [
            Way(
                workspace_id=0,
                name="first",
                channel="email",
                open=lambda: self.first,
                of=self.first,
                limits=limits(**told),
            )
        ]


class Chained(Two):
    """The first is away; each has limits of its own."""

    def __init__(self, first: dict[str, Any] | None, second: dict[str, Any] | None) -> None:
        super().__init__()
        told = {"first": first, "second": second}
        self._ways = [replace(way, limits=limits(**its) if (its := told[way.name]) else None) for way in self._ways]
        self.first.outcome = Outcome.UNREACHABLE


def campaign(shop: Shop, count: int, domain: str = "customers.example") -> None:
    for number in range(count):
        shop.queue(shop.person(f"p{number}@{domain}"))
    shop.run("UPDATE messages SET lane = 1")


async def left_after(shop: Shop, data: Path, clock: FixedClock, two: Two, seconds: list[float]) -> list[int]:
    """How many had left after each of these spans."""
    counts: list[int] = []
    for span in seconds:
        clock.advance(timedelta(seconds=span))
        async with carrying(shop, data, clock, two):
            await until(lambda: not shop.run("SELECT 1 FROM messages WHERE state = 'claimed' OR (state = 'queued' AND"
                                             " not_before <= %(now)s)", now=clock.now()))  # fmt: skip
        counts.append(len(two.first.sent))
    return counts


async def test_a_second_s_worth_leaves_at_once_the_rest_at_its_turn(shop: Shop, data: Path, clock: FixedClock) -> None:
    campaign(shop, 60)
    assert await left_after(shop, data, clock, Limited(per_second=10), [0, 1, 2, 3]) == [11, 21, 32, 43]
    assert {row[0] for row in shop.run("SELECT attempts FROM messages")} == {0, 1}, "to wait is no attempt"


async def test_so_many_a_minute_are_spread_over_it(shop: Shop, data: Path, clock: FixedClock) -> None:
    campaign(shop, 10)
    assert await left_after(shop, data, clock, Limited(per_minute=6), [0, 10, 10, 30]) == [1, 2, 3, 4]


async def test_a_domain_has_its_own_line(shop: Shop, data: Path, clock: FixedClock) -> None:
    campaign(shop, 10, "gmail.example")
    campaign(shop, 10, "other.example")
    two = Limited(domains={"gmail.example": {"per_minute": 6}})
    assert await left_after(shop, data, clock, two, [0]) == [11]
    [(reason, detail)] = shop.run("SELECT DISTINCT reason, detail FROM messages WHERE state = 'queued'")
    assert (reason, detail) == ("rate_limited", "gmail.example")


async def test_when_the_day_is_used_up_the_rest_leaves_tomorrow(shop: Shop, data: Path, clock: FixedClock) -> None:
    campaign(shop, 10)
    two = Limited(per_day=4)
    assert await left_after(shop, data, clock, two, [0]) == [4]
    assert shop.run("SELECT DISTINCT reason, not_before FROM messages WHERE state = 'queued'") == [
        ("daily_limit", datetime(2026, 3, 3, tzinfo=UTC))
    ]
    assert await left_after(shop, data, clock, two, [86_400]) == [8]


async def test_what_somebody_waits_for_is_not_kept_by_the_plan_of_the_day(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    campaign(shop, 3)
    shop.run("UPDATE messages SET class = 'transactional', lane = 0")
    assert await left_after(shop, data, clock, Limited(warm_up={"from": "2026-03-02", "first": 1}), [0]) == [3]


async def test_two_workers_keep_one_limit_together(shop: Shop, data: Path, clock: FixedClock) -> None:
    campaign(shop, 40)
    one, other = Limited(per_second=10), Limited(per_second=10)
    async with carrying(shop, data, clock, one), carrying(shop, data, clock, other):
        await until(lambda: not shop.run("SELECT 1 FROM messages WHERE state = 'claimed' OR (state = 'queued' AND"
                                         " not_before <= %(now)s)", now=clock.now()))  # fmt: skip
    assert len(one.first.sent) + len(other.first.sent) == 11


def settled(shop: Shop, clock: FixedClock) -> bool:
    """Whether nothing more leaves at this moment."""
    return not shop.run("SELECT 1 FROM messages WHERE state = 'claimed' OR (state = 'queued' AND"
                        " not_before <= %(now)s)", now=clock.now())  # fmt: skip


@pytest.mark.parametrize("first", [None, {"per_second": 1000}])
async def test_the_next_provider_keeps_limits_of_its_own(
    shop: Shop, data: Path, clock: FixedClock, first: dict[str, Any] | None
) -> None:
    campaign(shop, 60)
    two = Chained(first, {"per_second": 10, "domains": {"other.example": {"per_minute": 1}}})
    async with carrying(shop, data, clock, two):
        await until(lambda: settled(shop, clock))
    assert (len(two.first.sent), len(two.second.sent)) == (0, 11)
    assert set(shop.run("SELECT reason, detail FROM messages WHERE state = 'queued'")) == {("rate_limited", "second")}
    assert {row[0] for row in shop.run("SELECT attempts FROM messages")} == {0, 1}


async def test_limits_of_other_domains_stop_nobody(shop: Shop, data: Path, clock: FixedClock) -> None:
    campaign(shop, 20)
    two = Chained({"domains": {"other.example": {"per_day": 1}}}, {"domains": {"other.example": {"per_day": 1}}})
    async with carrying(shop, data, clock, two):
        await until(lambda: shop.states() == {"sent": 20})
    assert len(two.second.sent) == 20


async def test_an_outage_does_not_use_up_the_day(shop: Shop, data: Path, clock: FixedClock) -> None:
    campaign(shop, 10)
    two = Chained({"per_day": 10, "domains": {"*": {"per_day": 12}}}, None)
    async with carrying(shop, data, clock, two):
        await until(lambda: shop.states() == {"sent": 10})
        campaign(shop, 20, "more.example")
        await until(lambda: shop.states() == {"sent": 30})
    assert {row[0] for row in shop.run("SELECT day_used FROM delivery_lines")} == {0}
    assert two.first.sent == []


def test_a_new_sender_grows_day_by_day() -> None:
    plan = limits(warm_up={"from": "2026-03-01", "first": 50, "growth": 2, "until": 1000}, per_day=300).warm_up
    assert plan is not None
    days = [plan.allows(date(2026, 3, 1) + timedelta(days=day)) for day in range(-1, 6)]
    assert days == [50, 50, 100, 200, 400, 800, None]


def test_the_lower_limit_of_the_day_counts() -> None:
    rate = limits(per_day=300, warm_up={"from": "2026-03-01", "first": 50, "growth": 2, "until": 1000})
    told = [(rate.today(NOW + timedelta(days=day)), rate.warming(NOW + timedelta(days=day))) for day in range(4)]
    assert told == [(100, True), (200, True), (300, False), (300, False)]


@pytest.mark.parametrize(
    "wrong", [{"per_second": 0}, {"per_hour": 7}, {"warm_up": {}}, {"warm_up": {"from": "soon"}}, {"domains": 3}, 7]
)
def test_limits_that_cannot_be_right_are_refused(wrong: Any) -> None:
    with pytest.raises(Malformed, match="The limits are wrong"):
        read_limits(wrong)
