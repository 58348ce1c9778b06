from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from hourglass.channels import Outcome, Outgoing, Receipt, Sender
from hourglass.kernel import FixedClock, RunId, Settings
from hourglass.messages import Purpose, cancel, load_signer
from hourglass.messages.attempts import Patience
from hourglass.messages.delivery import Delivery
from hourglass.messages.providers import open_senders
from tests.channels.scripted_smtp import Script, smtp_server
from tests.messages.shop import HELLO, NOW, SHOP, Shop, days, until


@pytest.fixture
async def mta() -> AsyncIterator[Script]:
    async with smtp_server() as script:
        yield script


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def settings(data: Path, port: int) -> Settings:
    return Settings(data=data, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="Bazaar <shop@bazaar.example>", port=8400)


@asynccontextmanager
async def delivering(
    shop: Shop, data: Path, clock: FixedClock, port: int, senders: dict[str, Sender] | None = None, batch: int = 256
) -> AsyncGenerator[None]:
    told = settings(data, port)
    stop = asyncio.Event()
    worker = Delivery(
        shop.database, clock, told, open_senders(told) if senders is None else senders,
        patience=Patience(attempts=3), batch=batch,
    )  # fmt: skip
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


def journals(data: Path) -> list[Path]:
    return list((data / "delivery").iterdir())


def parsed(mta: Script, place: int = -1) -> EmailMessage:
    content = mta.mails[place].content
    assert isinstance(content, bytes)
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def html(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body is not None
    return body.get_content()


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


async def test_refusals_are_kept_with_their_reason(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    silent = shop.person(consent=None)
    said_no = shop.person()
    shop.consent(said_no, "news", granted=False, at=NOW + timedelta(seconds=1))
    dead = shop.person(email="dead@customers.example")
    shop.run("INSERT INTO suppressions VALUES (1, 'email', 'dead@customers.example', 'bounced', now())")
    nameless = shop.person(email=None)
    expected = {
        shop.queue(silent): "no_consent",
        shop.queue(said_no): "consent_withdrawn",
        shop.queue(dead): "suppressed",
        shop.queue(nameless): "address_missing",
        shop.queue(999_999): "no_person",
    }
    failed = shop.queue(shop.person(), template="nowhere")
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"withheld": 5, "failed": 1})
    assert {id_: shop.message(id_)["reason"] for id_ in expected} == expected
    assert shop.message(failed)["reason"] == "template_missing"
    assert not mta.mails


async def test_a_yes_to_everything_counts_and_the_last_word_wins(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    wide = shop.person(consent="*")
    changed = shop.person(consent="*")
    shop.consent(changed, "news", granted=False, at=NOW + timedelta(seconds=1))
    yes, no = shop.queue(wide), shop.queue(changed)
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"sent": 1, "withheld": 1})
    assert (shop.message(yes)["state"], shop.message(no)["state"]) == ("sent", "withheld")


async def test_a_cap_counts_within_one_batch_too(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    anna = shop.person()
    ids = [shop.queue(anna) for _ in range(5)] + [shop.queue(anna, message_class="transactional")]
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"sent": 4, "withheld": 2})
    assert {shop.message(id_)["reason"] for id_ in ids} == {None, "frequency_cap"}
    assert shop.message(ids[-1])["state"] == "sent"


async def test_a_cap_remembers_earlier_batches(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    anna = shop.person()
    async with delivering(shop, data, clock, mta.port):
        for wanted in ("sent", "sent", "sent", "withheld"):
            id_ = shop.queue(anna)
            await until(lambda id_=id_, wanted=wanted: shop.message(id_)["state"] == wanted)
        clock.advance(days(7.1))
        id_ = shop.queue(anna, created_at=clock.now())
        await until(lambda: shop.message(id_)["state"] == "sent")


async def test_quiet_hours_put_a_message_off(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    policy = '{"policy": {"email": {"quiet": {"from": "11:00", "until": "13:30"}}}}'
    shop.run("UPDATE workspaces SET settings = %(policy)s::jsonb", policy=policy)
    id_ = shop.queue(shop.person())
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.message(id_)["reason"] == "quiet_hours")
        row = shop.message(id_)
        assert (row["state"], row["not_before"], row["attempts"]) == ("queued", NOW + timedelta(hours=1.5), 0)
        clock.advance(timedelta(hours=1.5))
        await until(lambda: shop.message(id_)["state"] == "sent")


async def test_facts_reach_the_template(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    anna = shop.person(locale="ru", firstName="Анна & <b>Ко</b>")
    stranger = shop.person("b@customers.example")
    shop.run(
        "INSERT INTO products (workspace_id, id, name, price, url, updated_at)"
        " VALUES (1, 'p1', 'Лампа', 1250, 'https://s.example/p1', now())"
    )
    lines = '[{"product_id": "p1", "quantity": 2, "price": 1199}, {"product_id": "p2", "name": "Чай"}, 5]'
    for cart, owner in (("c1", anna), ("c2", stranger)):
        shop.run("INSERT INTO carts VALUES (1, %(cart)s, 1, %(owner)s, 'open', %(lines)s, 2398, 'EUR', now(), now())",
                 cart=cart, owner=owner, lines=lines)  # fmt: skip
    shop.template({
        "key": "cart", "subject": "x", "html": "<p>x</p>",
        "locales": {"ru": {"subject": "{{ profile.firstName }}: {{ cart.value | money }} {{ event.cart_id }}", "html":
            "<p>{{ profile.firstName }}</p>"
            "{% for l in cart.lines %}<i>{{ l.name }} {{ l.price }} {{ l.quantity }}</i>{% endfor %}"
            "<a href='{{ cart.lines[0].url }}'>{{ shop.name }}</a>"}},
    })  # fmt: skip
    mine = shop.queue(anna, template="cart", facts={"event": "Product Added", "properties": {"cart_id": "c1"}})
    not_mine = shop.queue(anna, template="cart", facts={"event": "Product Added", "properties": {"cart_id": "c2"}})
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"sent": 2})
    subjects = {parsed(mta, place)["Subject"]: parsed(mta, place) for place in (0, 1)}
    assert shop.message(mine)["subject"] == "Анна & <b>Ко</b>: 23,98\u00a0€ c1"
    page = html(subjects[shop.message(mine)["subject"]])
    assert "<i>Лампа 11.99 2</i><i>Чай  1</i>" in page
    assert "Анна &amp; &lt;b&gt;Ко&lt;/b&gt;" in page
    assert shop.message(not_mine)["subject"] == "Анна & <b>Ко</b>: c2"


async def test_a_person_who_was_merged_gets_it_under_the_new_address(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    winner, middle, loser = shop.person("new@customers.example"), shop.person(None, None), shop.person(None, None)
    shop.run("UPDATE profiles SET merged_into = %(to)s WHERE id = %(id)s", id=loser, to=middle)
    shop.run("UPDATE profiles SET merged_into = %(to)s WHERE id = %(id)s", id=middle, to=winner)
    id_ = shop.queue(loser)
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.message(id_)["state"] == "sent")
    assert mta.mails[0].rcpt_tos == ["new@customers.example"]


async def test_odd_data_fails_alone(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    shop.template(
        {
            **HELLO,
            "key": "odd",
            "html": "<p>{{ profile.age | minus: 1 }}{% for i in (1..profile.age) %}x{% endfor %}</p>",
        }
    )
    good = shop.queue(shop.person(), template="odd")
    bad = shop.queue(shop.person("b@customers.example", age=10**9), template="odd")
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"sent": 1, "failed": 1})
    assert shop.message(good)["state"] == "sent"
    assert shop.message(bad)["reason"] == "render_failed"


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


async def test_a_refused_address_is_told_as_a_bounce(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    gone, spam = shop.queue(shop.person("gone@customers.example")), shop.queue(shop.person("spam@customers.example"))
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"failed": 2})
    assert (shop.message(gone)["reason"], shop.message(spam)["reason"]) == ("address_refused", "refused")
    [event] = shop.events()
    assert (event["event"], event["properties"]["permanent"]) == ("Message Bounced", True)


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
        await until(lambda: {shop.message(id_)["reason"] for id_ in ids} <= {"provider_unreachable", None})
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


async def test_hostile_traits_arrive_as_text(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    evil = "Eve\r\nBcc: everyone@customers.example\r\n\r\n.\r\nMAIL FROM:<x>\u2028{{ shop.name }}{% raw %}<script>"
    id_ = shop.queue(shop.person(firstName=evil))
    shop.template({**HELLO, "html": "<p>{{ profile.firstName }}</p>"})
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.message(id_)["state"] == "sent")
    [envelope] = mta.mails
    assert envelope.rcpt_tos == ["anna@customers.example"]
    mail = parsed(mta)
    assert mail["Bcc"] is None
    assert "everyone@customers.example" in mail["Subject"]
    assert "<script>" not in html(mail)
    assert "{{ shop.name }}" in html(mail)
