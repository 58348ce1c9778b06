"""A provider whose day or budget is used up: the next one carries on where that is wished, and pays for itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hourglass.channels import Outcome
from hourglass.kernel import FixedClock, Malformed
from hourglass.messages.policy.document import read_policy
from tests.messages.shop import Shop, until
from tests.messages.test_failover import Two, carrying
from tests.messages.test_pace import Chained, campaign, settled


class Full(Chained):
    """Both are there."""

    def __init__(self, first: dict[str, Any] | None = None, second: dict[str, Any] | None = None) -> None:
        super().__init__(first, second)
        self.first.outcome = Outcome.ACCEPTED


async def carry(shop: Shop, data: Path, clock: FixedClock, two: Two) -> tuple[int, int]:
    """How many each had carried when nothing more leaves."""
    async with carrying(shop, data, clock, two):
        await until(lambda: settled(shop, clock))
    return len(two.first.sent), len(two.second.sent)


def waiting(shop: Shop) -> list[tuple[str, int]]:
    return shop.run("SELECT reason, count(*)::int FROM messages WHERE state = 'queued' GROUP BY 1")  # type: ignore[return-value]


def spent(shop: Shop) -> dict[str, int]:
    return dict(shop.run("SELECT budget, sum(used)::int FROM budget_use GROUP BY 1"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limits", "carried", "reason"),
    [
        ({"per_day": 4}, (4, 6), None),
        ({"per_day": 4, "when_full": "wait"}, (4, 0), "daily_limit"),
        ({"warm_up": {"from": "2026-03-02", "first": 4}}, (4, 0), "warm_up"),
        ({"warm_up": {"from": "2026-03-02", "first": 4}, "when_full": "next"}, (4, 6), None),
        ({"domains": {"customers.example": {"per_day": 3}}}, (3, 7), None),
        ({"per_second": 3, "when_full": "next"}, (4, 0), "rate_limited"),
    ],
)
async def test_what_the_day_does_not_hold(
    shop: Shop, data: Path, clock: FixedClock, limits: dict[str, Any], carried: tuple[int, int], reason: str | None
) -> None:
    campaign(shop, 10)
    assert await carry(shop, data, clock, Full(limits)) == carried
    assert waiting(shop) == ([(reason, 10 - sum(carried))] if reason else [])


async def test_where_every_day_is_used_up_it_waits_and_no_sooner_than_somebody_has_room(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    campaign(shop, 12)
    two = Full({"per_day": 4}, {"per_minute": 2, "per_day": 8})
    assert await carry(shop, data, clock, two) == (4, 1)
    assert waiting(shop) == [("rate_limited", 7)]
    clock.advance(timedelta(days=1))
    assert await carry(shop, data, clock, two) == (8, 2)


async def test_a_budget_of_a_provider_that_is_spent_leaves_the_rest_to_the_next(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    shop.policy(caps=[], budgets=[{"key": "one", "provider": "first", "messages": 3},
                                  {"key": "two", "provider": "second", "messages": 4, "else": "wait"}])  # fmt: skip
    campaign(shop, 10)
    assert await carry(shop, data, clock, Full()) == (3, 4)
    assert waiting(shop) == [("budget_wait", 3)]
    assert spent(shop) == {"one": 3, "two": 4}


async def test_a_day_that_is_used_up_does_not_cost_the_budget_of_the_next_more_than_it_holds(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    shop.policy(caps=[], budgets=[{"key": "one", "provider": "first", "messages": 100},
                                  {"key": "two", "provider": "second", "messages": 3, "else": "skip"}])  # fmt: skip
    campaign(shop, 10)
    assert await carry(shop, data, clock, Full({"per_day": 4})) == (4, 3)
    assert spent(shop) == {"one": 4, "two": 3}
    assert shop.states() == {"sent": 7, "withheld": 3}


async def test_who_did_not_carry_it_is_not_charged(shop: Shop, data: Path, clock: FixedClock) -> None:
    shop.policy(caps=[], budgets=[{"key": "one", "provider": "first", "messages": 50},
                                  {"key": "two", "provider": "second", "amount": 100, "cost": 2},
                                  {"key": "all", "messages": 50}])  # fmt: skip
    two = Two()
    two.first.outcome, two.first.retry_after = Outcome.UNREACHABLE, 600
    for number in range(5):
        shop.queue(shop.person(f"p{number}@customers.example"))
    assert await carry(shop, data, clock, two) == (0, 5)
    assert spent(shop) == {"one": 0, "two": 1000, "all": 5}


async def test_what_was_charged_and_never_left_is_given_back(shop: Shop, data: Path, clock: FixedClock) -> None:
    shop.policy(caps=[], budgets=[{"key": "one", "provider": "first", "messages": 50}, {"key": "all", "messages": 50}])
    two = Two()
    two.first.outcome = Outcome.REFUSED_TEMPORARY
    anna = shop.person()
    shop.queue(anna)
    assert await carry(shop, data, clock, two) == (1, 0)
    assert spent(shop) == {"one": 1, "all": 1}
    shop.consent(anna, "news", granted=False, at=clock.now())
    clock.advance(timedelta(minutes=5))
    await carry(shop, data, clock, two)
    assert shop.states() == {"withheld": 1}
    assert spent(shop) == {"one": 0, "all": 0}


def test_only_a_budget_of_a_provider_leaves_others_to_the_next() -> None:
    with pytest.raises(Malformed, match="of one `provider`") as told:
        read_policy({"kind": "policy", "key": "default", "budgets": [{"key": "a", "messages": 1, "else": "next"}]})
    assert told.value.path == "budgets[0].else"
