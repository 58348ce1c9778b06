from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hourglass.kernel import FixedClock
from tests.channels.scripted_smtp import Script
from tests.messages.shop import HELLO, NOW, Shop, days, until
from tests.messages.worker import delivering, html, parsed


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
    shop.policy(quiet={"email": {"from": "11:00", "until": "13:30"}})
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
    assert "<i>Лампа 12.50 2</i><i>Чай  1</i>" in page
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
