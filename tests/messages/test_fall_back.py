"""A message that one channel cannot bring goes by the next: once, and everybody can see what was tried."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hourglass.channels import Outcome, Outgoing, Receipt
from hourglass.events import decode, envelope
from hourglass.kernel import FixedClock
from hourglass.messages import Instead, apply_feedback
from hourglass.messages.delivery.attempts import Patience
from hourglass.messages.delivery.run import Delivery
from hourglass.messages.outbox.fall_back import fall_back_stuck
from tests.messages.shop import NOW, Shop, until
from tests.messages.worker import settings

SMS = (Instead("sms", "hello"),)
BOTH = (Instead("telegram", "hello"), Instead("sms", "hello"))


class Carrier:
    """Takes everything, or refuses it all."""

    parallel, batch = 1, 10

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        self.sent: list[Outgoing] = []

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        self.sent += messages
        return [self.receipt for _ in messages]

    async def close(self) -> None:
        return None


TAKES = Receipt(outcome=Outcome.ACCEPTED)
NO_SUCH = Receipt(outcome=Outcome.REFUSED_PERMANENT, detail="550 no such user", invalid_address=True)


@asynccontextmanager
async def delivering(shop: Shop, data: Path, clock: FixedClock, **carriers: Carrier) -> AsyncGenerator[None]:
    stop = asyncio.Event()
    worker = Delivery(shop.database, clock, settings(data, 1), dict(carriers), patience=Patience(attempts=1))
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


def allowed(shop: Shop, profile_id: int, channel: str) -> None:
    shop.run(
        "INSERT INTO consents (workspace_id, profile_id, channel, topic, granted, at, source)"
        " VALUES (1, %(id)s, %(channel)s, 'news', true, %(at)s, 'test')", id=profile_id, channel=channel, at=NOW,
    )  # fmt: skip


def tried(shop: Shop, id_: int) -> list[tuple[str, str]]:
    return [(one["channel"], one["reason"]) for one in shop.message(id_)["tried"] or []]


async def test_who_gave_no_consent_for_one_channel_is_reached_by_the_next_that_they_allowed(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    anna, boris = shop.person(consent=None), shop.person("boris@customers.example", consent=None)
    allowed(shop, anna, "sms")
    hers, his = shop.queue(anna, others=BOTH), shop.queue(boris, others=BOTH)
    mail, telegram, sms = Carrier(TAKES), Carrier(TAKES), Carrier(TAKES)
    async with delivering(shop, data, clock, email=mail, telegram=telegram, sms=sms):
        await until(lambda: {shop.message(one)["state"] for one in (hers, his)} == {"sent", "withheld"})
    assert [one.id for one in sms.sent] == [hers]
    assert not [*mail.sent, *telegram.sent]
    assert tried(shop, hers) == [("email", "no_consent"), ("telegram", "no_consent")]
    last = shop.message(his)
    assert (last["channel"], last["reason"], last["others"]) == ("sms", "no_consent", None)


async def test_an_address_that_the_provider_does_not_know_is_suppressed_there_and_the_next_channel_tried(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    anna = shop.person()
    allowed(shop, anna, "sms")
    id_ = shop.queue(anna, others=SMS)
    mail, sms = Carrier(NO_SUCH), Carrier(TAKES)
    async with delivering(shop, data, clock, email=mail, sms=sms):
        await until(lambda: shop.message(id_)["state"] == "sent")
    assert (len(mail.sent), len(sms.sent)) == (1, 1)
    assert tried(shop, id_) == [("email", "address_refused")]
    told = shop.events()
    assert sorted((one["event"], one["properties"]["channel"]) for one in told) == [
        ("Message Bounced", "email"), ("Message Sent", "sms")]  # fmt: skip
    feed(shop, *told)
    assert shop.run("SELECT channel, address FROM suppressions") == [("email", "anna@customers.example")]
    row = shop.message(id_)
    assert (row["state"], row["bounced_at"]) == ("sent", None), "the news was about the channel before"


async def test_a_mail_that_comes_back_days_later_goes_by_the_next_channel_once(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    anna, boris = shop.person(), shop.person("boris@customers.example")
    for one in (anna, boris):
        allowed(shop, one, "sms")
    hers, his = shop.queue(anna, others=SMS), shop.queue(boris, others=SMS)
    shop.run(
        "INSERT INTO journey_runs"
        " (workspace_id, id, journey_id, version, profile_id, step, state, entered_at, end_reason, entry_seq)"
        " SELECT 1, run_id, 1, 1, profile_id, 'steps[0]', 'finished', %(at)s, 'goal', 1 FROM messages"
        " WHERE id = %(id)s", at=NOW, id=his,
    )  # fmt: skip
    mail, sms = Carrier(TAKES), Carrier(TAKES)
    async with delivering(shop, data, clock, email=mail, sms=sms):
        await until(lambda: shop.states() == {"sent": 2})
        came_back = [bounced(shop, hers, "b1"), bounced(shop, his, "b2")]
        feed(shop, *came_back)
        await until(lambda: len(sms.sent) == 1 and shop.states() == {"sent": 2})
        feed(shop, *came_back)
        assert shop.states() == {"sent": 2}, "the same bounce moves it once"
    assert [one.id for one in sms.sent] == [hers], "his journey had reached its goal"
    assert tried(shop, hers) == [("email", "bounced")]
    assert shop.message(his)["bounced_at"] is not None
    assert [one["messageId"] for one in shop.events() if one["event"] == "Message Sent"][-1].endswith("-c1")


def test_a_channel_without_a_provider_is_passed_over_and_one_that_is_away_after_ten_minutes(shop: Shop) -> None:
    anna = shop.person()
    lost, away, fresh = (shop.queue(anna, others=SMS) for _ in range(3))
    shop.run("UPDATE messages SET reason = 'no_provider' WHERE id = %(id)s", id=lost)
    for id_, minutes in ((away, 11), (fresh, 1)):
        shop.run(
            "UPDATE messages SET reason = 'provider_unreachable', claimed_at = %(at)s WHERE id = %(id)s",
            id=id_, at=NOW - timedelta(minutes=minutes),
        )  # fmt: skip
    with shop.database.transaction() as tx:
        assert fall_back_stuck(tx, NOW) == 2
    assert [shop.message(id_)["channel"] for id_ in (lost, away, fresh)] == ["sms", "sms", "email"]


@pytest.mark.parametrize(
    ("prices", "order"),
    [({"email": 0.1, "sms": 4, "push": 0}, ["push", "email", "sms"]), ({}, ["email", "push", "sms"])],
)
def test_the_cheapest_channel_comes_first_and_equal_ones_as_the_author_put_them(
    shop: Shop, prices: dict[str, float], order: list[str]
) -> None:
    shop.policy(prices=prices)
    id_ = shop.queue(shop.person(), cheapest=True, others=(Instead("push", "short"), Instead("sms", "short")))
    row = shop.message(id_)
    assert [row["channel"], *(one["channel"] for one in row["others"])] == order
    assert {row["channel"]: row["template"], **{one["channel"]: one["template"] for one in row["others"]}} == {
        "email": "hello", "push": "short", "sms": "short"}  # fmt: skip


def bounced(shop: Shop, id_: int, mark: str) -> dict[str, Any]:
    row = shop.message(id_)
    about = {"message_id": id_, "proof": row["proof"].hex, "channel": "email", "permanent": True, "why": "550 gone"}
    return {"event": "Message Bounced", "messageId": mark, "properties": about}


def feed(shop: Shop, *calls: dict[str, Any]) -> None:
    told = [envelope("track", {"userId": "u", "timestamp": NOW.isoformat(), **call}) for call in calls]
    events, _ = decode(b"[" + b",".join(told) + b"]", NOW, NOW)
    with shop.database.transaction() as tx:
        apply_feedback(events, _Nobody(), tx)


class _Nobody:
    profile_ids: Sequence[int] = ()
