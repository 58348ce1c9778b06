from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from hourglass.channels import Outcome, Outgoing, Receipt
from hourglass.definitions import Kinds, put
from hourglass.journeys import JOURNEY
from hourglass.kernel import FixedClock, RunId
from hourglass.messages import Purpose, cancel, load_signer
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, SHOP, Shop, days, until
from tests.messages.worker import delivering, journals, parsed


async def test_a_queued_message_arrives(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    id_ = shop.queue(shop.person(firstName="Anna"))
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.message(id_)["state"] == "sent")
    mail = parsed(mta)
    assert mail["Subject"] == "Hello Anna"
    assert mail["From"] == "Bazaar <shop@bazaar.example>"
    token = mail["List-Unsubscribe"].strip("<>").rpartition("/u/")[2]
    read = load_signer(data).read(Purpose.UNSUBSCRIBE, token)
    assert read is not None
    assert (read.workspace_id, read.message_id) == (1, id_)
    row = shop.message(id_)
    assert (row["address"], row["subject"], row["sent_at"]) == ("anna@customers.example", "Hello Anna", NOW)
    assert row["provider_id"] == mail["Message-ID"].strip("<>")


async def test_its_leaving_is_an_event(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    anna = shop.person()
    id_ = shop.queue(anna)
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: bool(shop.events()))
    [event] = shop.events()
    assert (event["event"], event["userId"]) == ("Message Sent", f"u{anna}")
    assert event["messageId"] == f"hg-message-sent-1-{id_}"
    assert event["properties"]["message_id"] == id_
    assert event["properties"]["proof"] == shop.message(id_)["proof"].hex
    [(key,)] = shop.run("SELECT key FROM definitions WHERE id = %(id)s", id=shop.message(id_)["journey_id"])
    assert event["properties"]["journey"] == key


async def test_a_message_queued_while_the_worker_sleeps_wakes_it(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    anna = shop.person()
    async with delivering(shop, data, clock, mta.port):
        await asyncio.sleep(0.3)
        started = asyncio.get_running_loop().time()
        shop.queue(anna, message_class="transactional")
        await until(lambda: len(mta.mails) == 1)
        assert asyncio.get_running_loop().time() - started < 0.5


async def test_a_message_waits_for_its_time(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    id_ = shop.queue(shop.person(), not_before=NOW + days(1))
    async with delivering(shop, data, clock, mta.port):
        await asyncio.sleep(0.2)
        assert shop.message(id_)["state"] == "queued"
        clock.advance(days(1))
        await until(lambda: shop.message(id_)["state"] == "sent")


async def test_a_temporary_refusal_is_tried_again_later(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    id_ = shop.queue(shop.person("later@customers.example"))
    async with delivering(shop, data, clock, mta.port):
        for attempt in (1, 2):
            await until(lambda: shop.message(id_)["attempts"] == attempt and shop.message(id_)["state"] == "queued")  # noqa: B023
            row = shop.message(id_)
            assert row["reason"] == "try_later"
            pause = row["not_before"] - clock.now()
            assert timedelta(seconds=15 * 2 ** (attempt - 1)) <= pause <= timedelta(seconds=30 * 2 ** (attempt - 1))
            clock.advance(timedelta(minutes=2))
        await until(lambda: shop.message(id_)["state"] == "failed")
    row = shop.message(id_)
    assert (row["reason"], row["attempts"]) == ("refused_too_often", 3)
    assert "Greylisted" in row["detail"]


async def test_a_refused_address_is_told_as_a_bounce_and_another_refusal_as_a_failure(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    gone, spam = shop.queue(shop.person("gone@customers.example")), shop.queue(shop.person("spam@customers.example"))
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"failed": 2})
    assert (shop.message(gone)["reason"], shop.message(spam)["reason"]) == ("address_refused", "refused")
    bounced, failed = sorted(shop.events(), key=lambda one: one["event"])
    assert (bounced["event"], bounced["properties"]["permanent"]) == ("Message Bounced", True)
    assert (failed["event"], failed["properties"]["reason"]) == ("Message Failed", "refused")


async def test_a_full_mailbox_is_told_as_a_bounce_that_passes_once_it_is_given_up(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    id_ = shop.queue(shop.person("full@customers.example"))
    async with delivering(shop, data, clock, mta.port):
        for attempt in (1, 2):
            await until(lambda: shop.message(id_)["attempts"] == attempt and shop.message(id_)["state"] == "queued")  # noqa: B023
            assert shop.events() == []
            clock.advance(timedelta(minutes=2))
        await until(lambda: shop.message(id_)["state"] == "failed")
    [event] = shop.events()
    told = event["properties"]
    assert (event["event"], told["permanent"], told["bounce"]) == ("Message Bounced", False, "full")
    assert "full" in told["why"]


async def test_silence_is_unknown_and_never_repeated(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    id_ = shop.queue(shop.person("silent@customers.example"))
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.message(id_)["state"] == "unknown")
        clock.advance(days(1))
        await asyncio.sleep(0.2)
    assert shop.message(id_)["reason"] == "no_answer"
    assert len(mta.mails) == 1


async def test_a_provider_that_is_away_costs_no_attempt(shop: Shop, data: Path, clock: FixedClock) -> None:
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(20)]
    async with delivering(shop, data, clock, 1):
        await until(lambda: "provider_unreachable" in {shop.message(id_)["reason"] for id_ in ids})
        await until(lambda: shop.states() == {"queued": 20})
    assert {shop.message(id_)["attempts"] for id_ in ids} == {0}
    assert "provider_unreachable" in {shop.message(id_)["reason"] for id_ in ids}


async def test_without_a_provider_messages_say_what_they_wait_for(shop: Shop, data: Path, clock: FixedClock) -> None:
    id_ = shop.queue(shop.person())
    async with delivering(shop, data, clock, 1, senders={}):
        await until(lambda: shop.message(id_)["reason"] == "no_provider")
    assert shop.message(id_)["state"] == "queued"


class Slow:
    """Takes its time with the first message, so that others wait behind it."""

    parallel = 1
    batch = 1

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.go = asyncio.Event()

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        self.sent += [message.id for message in messages]
        await self.go.wait()
        return [Receipt(outcome=Outcome.ACCEPTED, provider_id=str(message.id)) for message in messages]

    async def close(self) -> None:
        return None


async def test_leaving_the_journey_stops_what_is_claimed_but_not_handed_over(
    shop: Shop, data: Path, clock: FixedClock
) -> None:
    slow = Slow()
    first, second = shop.queue(shop.person()), shop.queue(shop.person("b@customers.example"), not_before=NOW)
    async with delivering(shop, data, clock, 1, senders={"email": slow}):
        await until(lambda: shop.states() == {"claimed": 2} and bool(slow.sent))
        with shop.database.transaction() as tx:
            runs = [RunId(shop.message(id_)["run_id"]) for id_ in (first, second)]
            assert cancel(tx, SHOP, runs, "journey_exited") == 2
        await asyncio.sleep(0.3)
        slow.go.set()
        await until(lambda: "claimed" not in shop.states())
        await until(lambda: shop.states() == {"sent": 1, "withheld": 1})
    assert len(slow.sent) == 1, "the one under way left, and the row says so; the other stayed"


async def test_stopping_gives_back_what_was_not_tried(shop: Shop, data: Path, clock: FixedClock) -> None:
    slow = Slow()
    for number in range(5):
        shop.queue(shop.person(f"p{number}@customers.example"))
    async with delivering(shop, data, clock, 1, senders={"email": slow}):
        await until(lambda: shop.states() == {"claimed": 5} and bool(slow.sent))
        asyncio.get_running_loop().call_later(0.2, slow.go.set)
    assert shop.states() == {"queued": 4, "sent": 1}
    assert journals(data) == []


class Broken(Slow):
    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        raise RuntimeError("a bug in the plug-in")


async def test_a_plug_in_that_raises_leaves_the_message_in_doubt(shop: Shop, data: Path, clock: FixedClock) -> None:
    id_ = shop.queue(shop.person())
    async with delivering(shop, data, clock, 1, senders={"email": Broken()}):
        await until(lambda: shop.message(id_)["state"] == "unknown")


async def test_two_workers_send_each_message_once(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(60)]
    async with delivering(shop, data, clock, mta.port, batch=7), delivering(shop, data, clock, mta.port, batch=7):
        await until(lambda: shop.states() == {"sent": 60})
    assert sorted(mail.rcpt_tos[0] for mail in mta.mails) == sorted(
        f"p{number}@customers.example" for number in range(60)
    )
    assert len(ids) == 60


async def test_loops_and_providers_hear_the_key_of_the_journey(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    journey = {"kind": "journey", "key": "cart-left", "entry": {"event": "Product Added"},
               "steps": [{"send": {"channel": "email", "template": "hello"}}]}  # fmt: skip
    with shop.database.transaction() as tx:
        made = put(tx, SHOP, journey, kinds=Kinds([JOURNEY]), author="test", now=NOW)
    shop.queue(shop.person(), journey_id=made.id)
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: len(mta.mails) == 1)
    assert parsed(mta)["Feedback-ID"].startswith("cart-left:news:1:")


async def test_clicks_in_the_text_part_are_told_like_those_in_the_page(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    shop.template({"key": "hello", "subject": "Hi", "html": "<p>See <a href='https://s.example/a'>our lamps</a></p>"})
    shop.queue(shop.person())
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: len(mta.mails) == 1)
    mail = parsed(mta)
    bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    text, page = (re.findall(r"/t/c/([\w-]{40,})", body) for body in bodies)  # without the trap
    assert len(text) == 1
    assert text == page
