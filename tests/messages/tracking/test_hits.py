from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hourglass.kernel import FixedClock, Settings
from hourglass.messages import Hit, HitKind, Token, note_hit, run_hits, tell_hits
from hourglass.messages.rendering.links import Links
from hourglass.messages.tracking.hits import WAIT
from hourglass.messages.tracking.tokens import Purpose, Signer
from hourglass.postgres import Database
from tests.messages.shop import NOW, Shop, until

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36"
)


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def sent(shop: Shop) -> int:
    id_ = shop.queue(shop.person())
    shop.run("UPDATE messages SET state = 'sent', sent_at = %(now)s WHERE id = %(id)s", id=id_, now=NOW)
    return id_


def touch(shop: Shop, id_: int, kind: HitKind, seconds: float, url: str = "", agent: str = CHROME) -> None:
    with shop.database.transaction() as tx:
        note_hit(tx, 1, id_, Hit(kind=kind, at=after(seconds), url=url, ip="92.46.1.7", user_agent=agent))


def told(shop: Shop, seconds: float) -> int:
    with shop.database.transaction() as tx:
        return tell_hits(tx, after(seconds), 4)


def by(shop: Shop) -> list[tuple[str, str]]:
    return [(event["event"].removeprefix("Message "), event["properties"]["by"]) for event in shop.events()]


def test_a_hit_waits_and_is_told_once(shop: Shop) -> None:
    id_ = sent(shop)
    touch(shop, id_, "open", 60)
    assert told(shop, 60 + WAIT.total_seconds() - 1) == 0
    assert told(shop, 60 + WAIT.total_seconds()) == 1
    assert told(shop, 100) == 0
    [event] = shop.events()
    assert (event["event"], event["properties"]["by"], event["context"]["ip"]) == (
        "Message Opened",
        "human",
        "92.46.1.7",
    )
    assert event["timestamp"] == after(60).isoformat()


def test_a_burst_is_seen_though_its_first_click_looked_human(shop: Shop) -> None:
    id_ = sent(shop)
    for number in range(4):
        touch(shop, id_, "click", 60 + number * 0.3, f"https://shop.example/{number}")
    touch(shop, id_, "click", 300, "https://shop.example/1", CHROME + " own")
    assert told(shop, 70) == 4
    assert told(shop, 320) == 1
    assert by(shop) == [("Clicked", "scanner")] * 4 + [("Clicked", "human")]


def test_those_told_before_still_give_a_machine_away(shop: Shop) -> None:
    id_ = sent(shop)
    touch(shop, id_, "trap", 30)
    told(shop, 40)
    touch(shop, id_, "click", 45, "https://shop.example/1")
    told(shop, 60)
    assert by(shop) == [("Clicked", "scanner"), ("Clicked", "scanner")]


def test_messages_are_judged_apart(shop: Shop) -> None:
    one, other = sent(shop), sent(shop)
    touch(shop, one, "click", 60, "https://shop.example/a")
    touch(shop, other, "click", 60.1, "https://shop.example/b")
    told(shop, 90)
    assert by(shop) == [("Clicked", "human")] * 2


async def test_they_are_told_beside_the_delivery(shop: Shop, data: Path) -> None:
    touch(shop, sent(shop), "open", 60)
    clock = FixedClock(after(60 + WAIT.total_seconds()))
    telling = asyncio.create_task(run_hits(shop.database, clock, Settings(data=data)))
    await until(lambda: by(shop) == [("Opened", "human")])
    telling.cancel()


def test_a_message_that_is_not_ours_keeps_nothing(shop: Shop) -> None:
    touch(shop, 999, "open", 60)
    assert told(shop, 90) == 0


def test_a_flood_is_kept_in_bounds(shop: Shop) -> None:
    id_ = sent(shop)
    with shop.database.transaction() as tx:
        for number in range(320):
            note_hit(tx, 1, id_, Hit(kind="open", at=after(60 + number), user_agent=CHROME))
    assert told(shop, 1000) == 300


def test_addresses_of_people_are_forgotten_after_an_hour(shop: Shop) -> None:
    id_ = sent(shop)
    touch(shop, id_, "open", 60)
    told(shop, 80)
    touch(shop, sent(shop), "open", 4000)
    told(shop, 4020)
    assert shop.run("SELECT message_id FROM message_hits WHERE message_id = %(id)s", id=id_) == []


def test_the_hidden_link_is_signed_like_the_others_and_stands_once(shop: Shop) -> None:
    signer = Signer(b"secret")
    page = Links("https://m.shop.example", signer, 1, 7).tracked(
        "<html><body><a href='https://shop.example'>x</a></body></html>"
    )
    hidden = page.partition('style="display:none"')[0].rpartition("/t/c/")[2].partition('"')[0]
    assert signer.read(Purpose.CLICK, hidden) == Token(workspace_id=1, message_id=7, target="")
    assert page.count('aria-hidden="true"') == 1
