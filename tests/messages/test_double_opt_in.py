from __future__ import annotations

from html import unescape
from pathlib import Path

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import FixedClock
from hourglass.messages import TOPIC, Purpose, Token, agree, find_asked, load_signer
from hourglass.messages.letters.confirmation import ask_for_confirmations
from hourglass.messages.letters.gesture import Gesture
from hourglass.profiles import Proof, Statement, subscribe
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, SHOP, Shop, until
from tests.messages.worker import delivering, html, parsed

PAGE = Gesture(way="confirmation", ip="192.0.2.7", user_agent="Browser/1")


async def test_from_the_form_to_the_first_letter(shop: Shop, data: Path, clock: FixedClock, mta: Script) -> None:
    document = {
        "kind": "topic",
        "key": "news",
        "name": "News",
        "confirm": ["email"],
        "locales": {"ru": {"name": "Новости"}},
    }
    anna = shop.person(consent=None, locale="ru")
    with shop.database.transaction() as tx:
        definitions.put(tx, SHOP, document, kinds=Kinds([TOPIC]), author="test", now=NOW)
        proof = Proof(told="Пишите мне", form="footer-3")
        said = Statement(channel="email", topic="news", source="footer", at=NOW, proof=proof)
        assert not subscribe(tx, SHOP, [anna], said)
    async with delivering(shop, data, clock, mta.port):
        first = shop.queue(anna)
        await until(lambda: shop.message(first)["reason"] == "consent_unconfirmed")
        await ask_for_confirmations(shop.database, NOW)
        await until(lambda: len(mta.mails) == 1)
        mail = parsed(mta)
        assert mail["Subject"] == "Подтвердите, пожалуйста, подписку"
        assert "«Новости»" in unescape(html(mail))
        assert mail["List-Unsubscribe"] is None, "there is nothing to unsubscribe from yet"
        [(asking,)] = shop.run("SELECT id FROM messages WHERE class = 'transactional'")
        link = f"/c/{load_signer(data).sign(Purpose.CONFIRM, 1, asking)}"
        assert f'{link}"' in html(mail), "the button leads straight to the page"
        with shop.database.transaction() as tx:
            asked = find_asked(tx, Token(workspace_id=1, message_id=asking), NOW)
            assert asked is not None
            assert agree(tx, asked, PAGE, NOW, partitions=1)
        second = shop.queue(anna)
        await until(lambda: shop.message(second)["state"] == "sent")
    [(consent,)] = shop.run("SELECT answers -> 0 -> 'passed' ->> 'consent' FROM messages WHERE id = %(id)s", id=second)
    assert consent == "email · news · 2026-03-02 · footer"


async def test_nobody_is_asked_at_an_address_that_complained(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    shop.run("INSERT INTO suppressions VALUES (1, 'email', 'anna@customers.example', 'complained', now())")
    anna = shop.person(consent=None)
    shop.run("INSERT INTO consent_requests (workspace_id, identity_id, channel, topic, at, expires_at, source)"
             " SELECT 1, id, 'email', 'news', %(now)s, 'infinity', 'x' FROM identities WHERE profile_id = %(id)s",
             now=NOW, id=anna)  # fmt: skip
    await ask_for_confirmations(shop.database, NOW)
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"withheld": 1})
    assert not mta.mails
