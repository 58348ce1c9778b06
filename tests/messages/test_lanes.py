"""Two lanes: what somebody waits for overtakes a campaign, in the outbox and in the worker's hands."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from hourglass.channels import Outcome, Outgoing, Receipt
from hourglass.kernel import FixedClock
from tests.messages.shop import Shop, until
from tests.messages.worker import delivering


class OneByOne:
    """Takes the next message when told to."""

    parallel = 1
    batch = 1

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.turns = asyncio.Semaphore(0)

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        self.sent += [message.id for message in messages]
        await self.turns.acquire()
        return [Receipt(outcome=Outcome.ACCEPTED, provider_id=str(message.id)) for message in messages]

    async def close(self) -> None:
        return None


def campaign(shop: Shop, messages: int) -> list[int]:
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(messages)]
    shop.run("UPDATE messages SET lane = 1")
    return ids


async def test_a_single_message_overtakes_a_campaign_that_is_in_hand(shop: Shop, data: Path, clock: FixedClock) -> None:
    sender = OneByOne()
    mass = campaign(shop, 30)
    async with delivering(shop, data, clock, 1, senders={"email": sender}, batch=4):
        await until(lambda: len(sender.sent) == 1 and shop.states().get("claimed", 0) >= 4)
        wanted = shop.queue(shop.person("waits@customers.example"))
        await until(lambda: shop.message(wanted)["state"] == "claimed")
        await asyncio.sleep(0.05)
        sender.turns.release()
        await until(lambda: len(sender.sent) == 2)
        assert sender.sent == [mass[0], wanted]
        for _ in mass:
            sender.turns.release()
        await until(lambda: shop.states() == {"sent": 31})


async def test_what_is_parked_does_not_leave(shop: Shop, data: Path, clock: FixedClock) -> None:
    sender = OneByOne()
    campaign(shop, 3)
    shop.run("UPDATE messages SET lane = 2")
    async with delivering(shop, data, clock, 1, senders={"email": sender}):
        await asyncio.sleep(0.2)
        assert shop.states() == {"queued": 3}
    assert sender.sent == []
