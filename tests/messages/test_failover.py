"""A provider that is away: the next one carries on, the state is there to see, and nothing leaves twice."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from hourglass.channels import Fate, Outcome, Outgoing, Receipt
from hourglass.kernel import FixedClock, WorkspaceId
from hourglass.messages import ProviderHealth, providers_health
from hourglass.messages.delivery.attempts import Patience
from hourglass.messages.delivery.journal import Journal, orphans
from hourglass.messages.delivery.run import Delivery
from hourglass.messages.delivery.ways import Way
from hourglass.postgres import Transaction
from tests.messages.shop import NOW, SHOP, Shop, until
from tests.messages.test_crash import Ghost, recover
from tests.messages.worker import settings


class Carrier:
    """Takes everything, unless it is away or mute."""

    parallel = 4
    batch = 1

    def __init__(self) -> None:
        self.outcome = Outcome.ACCEPTED
        self.sent: list[int] = []
        self.retry_after: float | None = None

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        if self.outcome is not Outcome.UNREACHABLE:
            self.sent += [message.id for message in messages]
        return [Receipt(outcome=self.outcome, provider_id=str(message.id), detail="so", retry_after=self.retry_after)
                for message in messages]  # fmt: skip

    async def close(self) -> None:
        return None


class Two:
    """Two providers in their order."""

    def __init__(self, fate: Fate = "leave") -> None:
        self.first, self.second = Carrier(), Carrier()
        self._ways = [
            Way(workspace_id=0, name=name, channel="email", open=lambda one=one: one, of=one, fate=fate)
            for name, one in (("first", self.first), ("second", self.second))
        ]

    def of(self, tx: Transaction, workspace_id: WorkspaceId, channel: str) -> list[Way]:
        del tx, workspace_id
        return self._ways if channel == "email" else []

    def channels(self, tx: Transaction) -> set[str]:
        del tx
        return {"email"}


@asynccontextmanager
async def carrying(shop: Shop, data: Path, clock: FixedClock, two: Two) -> AsyncGenerator[None]:
    stop = asyncio.Event()
    worker = Delivery(shop.database, clock, settings(data, 1), ways=two, patience=Patience(attempts=3))
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


async def test_the_next_provider_carries_what_the_first_cannot(shop: Shop, data: Path, clock: FixedClock) -> None:
    two = Two()
    two.first.outcome = Outcome.UNREACHABLE
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(20)]
    async with carrying(shop, data, clock, two):
        await until(lambda: shop.states() == {"sent": 20})
        await until(lambda: any(one.state == "open" for one in health(shop)))
        assert (two.first.sent, sorted(two.second.sent)) == ([], ids)
        assert {row[0] for row in shop.run("SELECT provider FROM messages")} == {"second"}
        away = next(one for one in health(shop) if one.provider == "first")
        assert (away.why, away.workers) == ("so", 1)
        assert away.until is not None
        two.first.outcome = Outcome.ACCEPTED

        def back() -> bool:
            shop.queue(shop.person(f"q{len(two.second.sent)}@customers.example"))
            return bool(two.first.sent)

        await until(back)
        await until(lambda: all(one.state == "closed" for one in health(shop)))
    states = shop.states()
    assert states["sent"] == len(two.first.sent) + len(two.second.sent)


async def test_a_provider_is_left_alone_as_long_as_it_asked(shop: Shop, data: Path, clock: FixedClock) -> None:
    two = Two()
    two.first.outcome, two.first.retry_after = Outcome.UNREACHABLE, 120
    shop.queue(shop.person())
    async with carrying(shop, data, clock, two):
        await until(lambda: any(one.state == "open" for one in health(shop)))
        [away] = [one for one in health(shop) if one.state == "open"]
    assert away.until is not None
    assert timedelta(seconds=100) < away.until - NOW <= timedelta(seconds=120)


async def test_a_message_comes_back_no_sooner_than_it_was_told(shop: Shop, data: Path, clock: FixedClock) -> None:
    two = Two()
    two.first.outcome, two.first.retry_after = Outcome.REFUSED_TEMPORARY, 600
    id_ = shop.queue(shop.person())
    async with carrying(shop, data, clock, two):
        await until(lambda: shop.message(id_)["reason"] == "try_later")
    assert shop.message(id_)["not_before"] == NOW + timedelta(seconds=600)


def health(shop: Shop) -> list[ProviderHealth]:
    with shop.database.transaction() as tx:
        return providers_health(tx, SHOP, NOW)


@pytest.mark.parametrize(
    ("fate", "state", "reason", "copies"),
    [
        ("leave", "unknown", "no_answer", 1),
        ("assume_sent", "sent", "assumed_sent", 1),
        ("retry", "unknown", "no_answer", 3),
    ],
)
async def test_what_becomes_of_a_message_in_doubt_is_said_by_the_document(
    shop: Shop, data: Path, clock: FixedClock, fate: Fate, state: str, reason: str, copies: int
) -> None:
    two = Two(fate)
    two.first.outcome = Outcome.UNKNOWN
    id_ = shop.queue(shop.person(), message_class="transactional")

    def settled() -> bool:
        clock.advance(timedelta(seconds=20))
        return shop.message(id_)["state"] == state

    async with carrying(shop, data, clock, two):
        await until(settled)
    assert (shop.message(id_)["reason"], len(two.first.sent)) == (reason, copies)


def test_after_a_crash_the_journal_knows_what_to_do(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data, messages=2)
    ghost.journal.begin(ghost.ids[:1], "assume_sent")
    ghost.journal.begin(ghost.ids[1:], "retry")
    ghost.die()
    recover(shop, data)
    rows = [shop.message(id_) for id_ in ghost.ids]
    assert [(row["state"], row["reason"]) for row in rows] == [
        ("sent", "assumed_sent"),
        ("queued", "handed_over_again"),
    ]


def test_an_answer_to_an_earlier_attempt_says_nothing_about_this_one(tmp_path: Path) -> None:
    journal = Journal(tmp_path, UUID(int=7))
    journal.begin([5])
    journal.answer([5], [Receipt(outcome=Outcome.REFUSED_TEMPORARY)])
    journal.begin([5])
    os.close(journal._handle)
    [(_, notes)] = orphans(tmp_path)
    assert (notes.begun, notes.answered) == ({5: "leave"}, {})
