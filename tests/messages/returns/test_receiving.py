from __future__ import annotations

import asyncio
import imaplib
import smtplib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hourglass.channels import Marker, load_marker
from hourglass.kernel import FixedClock, Malformed, Settings
from hourglass.messages.returns.door import ReturnDoor, open_door
from hourglass.messages.returns.mailbox import look_through, read_mailbox_url
from hourglass.messages.returns.note import forget
from hourglass.messages.returns.run import Taker, receive
from hourglass.postgres import Database
from tests.messages.returns import letters
from tests.messages.returns.imap import imap_box
from tests.messages.shop import NOW, Shop, days


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def marker(settings: Settings) -> Marker:
    return load_marker(settings.mail_folder())


@pytest.fixture
def taker(shop: Shop, settings: Settings) -> Taker:
    return Taker(shop.database, FixedClock(NOW), settings)


def sent(shop: Shop, email: str = "anna@customers.example") -> int:
    id_ = shop.queue(shop.person(email))
    shop.run("UPDATE messages SET state = 'sent', sent_at = %(now)s, address = %(email)s WHERE id = %(id)s",
             id=id_, now=NOW, email=email)  # fmt: skip
    return id_


def lines(shop: Shop) -> list[tuple[object, ...]]:
    return shop.run("SELECT message_id, kind, sort, domain, status, said FROM returned_mail ORDER BY id")


@asynccontextmanager
async def opened(taker: Taker) -> AsyncGenerator[int]:
    server = await open_door(ReturnDoor(taker.marker, taker.take), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def test_a_hard_bounce_is_an_event_about_its_message(shop: Shop, taker: Taker) -> None:
    id_ = sent(shop)
    assert taker.take(letters.dsn(taker.marker.mark(1, id_)))
    [event] = shop.events()
    assert event["event"] == "Message Bounced"
    told = event["properties"]
    assert (told["message_id"], told["permanent"], told["bounce"], told["status"]) == (id_, True, "no_mailbox", "5.1.1")
    assert lines(shop) == [
        (id_, "bounced", "no_mailbox", "customers.example", "5.1.1", "550 5.1.1 <<address>>: User unknown")
    ]


def test_a_soft_bounce_does_not_hide_a_later_hard_one_and_none_counts_twice(shop: Shop, taker: Taker) -> None:
    mark = taker.marker.mark(1, sent(shop))
    for _ in range(2):
        taker.take(letters.dsn(mark, "4.2.2", "452 4.2.2 full"))
        taker.take(letters.dsn(mark))
    assert len(lines(shop)) == 2
    assert len({event["messageId"] for event in shop.events()}) == 2


def test_a_complaint_is_an_event(shop: Shop, taker: Taker) -> None:
    taker.take(letters.written(letters.ARF, taker.marker.mark(1, sent(shop)), type="abuse"))
    assert [event["event"] for event in shop.events()] == ["Message Complained"]


@pytest.mark.parametrize("envelope", [True, False], ids=["at the door", "in a mailbox"])
def test_a_mail_to_the_way_out_withdraws_the_consent(shop: Shop, taker: Taker, envelope: bool) -> None:
    address = taker.marker.way_out(1, sent(shop), "bounce.shop.example").upper()
    octets = f"From: anna@customers.example\r\nTo: Shop\r\n <{address}>\r\nSubject: unsubscribe\r\n\r\n".encode()
    for _ in range(2):
        assert taker.take(octets, [address] if envelope else [])
    assert [event["event"] for event in shop.events()] == ["Unsubscribed"]
    last = "SELECT topic, granted, source FROM consents ORDER BY at DESC, granted LIMIT 1"
    assert shop.run(last) == [("news", False, "mail")]


def test_a_bounce_that_quotes_the_way_out_withdraws_nothing(shop: Shop, taker: Taker) -> None:
    id_ = sent(shop)
    quoted = f"List-Unsubscribe: <mailto:{taker.marker.way_out(1, id_, 'b.example')}>".encode()
    taker.take(letters.dsn(taker.marker.mark(1, id_)).replace(b"Subject: Your cart", quoted))
    assert [event["event"] for event in shop.events()] == ["Message Bounced"]


def test_a_holiday_and_a_delay_are_noted_and_are_no_events(shop: Shop, taker: Taker) -> None:
    mark = taker.marker.mark(1, sent(shop))
    taker.take(letters.written(letters.HOLIDAY, mark))
    taker.take(letters.dsn(mark, "4.4.1", "timed out", "delayed"))
    assert {line[2] for line in lines(shop)} == {"auto_reply", "delayed"}
    assert shop.events() == []


def test_a_message_that_never_left_has_no_bounce(shop: Shop, taker: Taker) -> None:
    queued = shop.queue(shop.person())
    taker.take(letters.dsn(taker.marker.mark(1, queued)))
    taker.take(letters.dsn(taker.marker.mark(1, 999)))
    taker.take(letters.dsn(taker.marker.mark(7, queued)))
    assert (lines(shop), shop.events()) == ([], [])


def test_lines_are_forgotten_after_a_while(shop: Shop, taker: Taker) -> None:
    taker.take(letters.dsn(taker.marker.mark(1, sent(shop))))
    with shop.database.transaction() as tx:
        forget(tx, NOW + days(89))
    assert lines(shop)
    with shop.database.transaction() as tx:
        forget(tx, NOW + days(91))
    assert not lines(shop)


async def test_the_door_takes_what_is_ours_and_nothing_else(shop: Shop, taker: Taker) -> None:
    id_ = sent(shop)
    mark = taker.marker.mark(1, id_)
    async with opened(taker) as port:

        def post() -> None:
            with smtplib.SMTP("127.0.0.1", port) as smtp:
                smtp.sendmail("", [f"bounce+{mark}@bounce.shop.example"], letters.dsn(mark))
                forged = mark[:-1] + ("1" if mark.endswith("0") else "0")
                for stranger in ("anna@bounce.shop.example", f"bounce+{forged}@bounce.shop.example"):
                    assert smtp.docmd("MAIL FROM:<>")[0] == 250
                    assert smtp.docmd(f"RCPT TO:<{stranger}>")[0] == 550
                    smtp.rset()
                smtp.sendmail(
                    "x@y.example", ["fbl@bounce.shop.example"], letters.written(letters.ARF, mark, type="abuse")
                )

        await asyncio.to_thread(post)
    assert [line[1] for line in lines(shop)] == ["bounced", "complained"]


async def test_lmtp_answers_for_each_recipient(shop: Shop, taker: Taker) -> None:
    marks = [taker.marker.mark(1, sent(shop, f"a{number}@customers.example")) for number in range(2)]
    async with opened(taker) as port:

        def post() -> tuple[tuple[int, bytes], tuple[int, bytes]]:
            with smtplib.LMTP("127.0.0.1", port) as lmtp:
                lmtp.ehlo()
                lmtp.docmd("MAIL FROM:<>")
                for mark in marks:
                    assert lmtp.docmd(f"RCPT TO:<bounce+{mark}@bounce.shop.example>")[0] == 250
                assert lmtp.docmd("DATA")[0] == 354
                lmtp.send(letters.dsn(marks[0]) + b"\r\n.\r\n")
                return lmtp.getreply(), lmtp.getreply()

        answers = await asyncio.to_thread(post)
    assert [code for code, _ in answers] == [250, 250]


async def test_what_cannot_be_noted_is_not_taken(marker: Marker) -> None:
    server = await open_door(ReturnDoor(marker, lambda octets, recipients: False), "127.0.0.1", 0)
    mark = marker.mark(1, 1)

    def post() -> None:
        with (
            smtplib.SMTP("127.0.0.1", server.sockets[0].getsockname()[1]) as smtp,
            pytest.raises(smtplib.SMTPDataError) as told,
        ):
            smtp.sendmail("", [f"bounce+{mark}@b.example"], letters.dsn(mark))
        assert told.value.smtp_code == 451

    await asyncio.to_thread(post)
    server.close()


def test_a_mailbox_is_looked_through_once(shop: Shop, taker: Taker) -> None:
    ids = [sent(shop), sent(shop, "b@customers.example")]
    mails = [
        letters.dsn(taker.marker.mark(1, ids[0])),
        b"Subject: Buy\r\n\r\nBuy",
        letters.dsn(taker.marker.mark(1, ids[1])),
    ]
    with imap_box(mails) as box:
        url = read_mailbox_url(f"imap://shop:sesame@127.0.0.1:{box.port}/INBOX")
        assert look_through(url, taker.take) == 3
        assert look_through(url, taker.take) == 0
    assert [line[0] for line in lines(shop)] == ids


def test_what_cannot_be_noted_stays_unread() -> None:
    with imap_box([b"Subject: x\r\n\r\n"]) as box:
        url = read_mailbox_url(f"imap://shop:sesame@127.0.0.1:{box.port}")
        assert look_through(url, lambda octets: False) == 0
        assert not box.seen


def test_a_wrong_password_for_a_mailbox_is_told() -> None:
    with imap_box([]) as box, pytest.raises(imaplib.IMAP4.error):
        look_through(read_mailbox_url(f"imap://shop:wrong@127.0.0.1:{box.port}"), lambda octets: True)


@pytest.mark.parametrize("url", ["", "http://x", "imaps://host", "imap://u:p@mail.shop.example/INBOX"])
def test_a_wrong_mailbox_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(Malformed) as told:
        read_mailbox_url(url)
    assert "u:p@" not in told.value.sentence


async def test_the_role_receives_until_told_to_stop(shop: Shop, database: Database, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    taker = Taker(database, FixedClock(NOW), settings)
    stop = asyncio.Event()
    with imap_box([letters.dsn(taker.marker.mark(1, sent(shop)))]) as box:
        told = Settings(data=tmp_path, bounce_mailbox=f"imap://shop:sesame@127.0.0.1:{box.port}")
        role = asyncio.create_task(receive(database, FixedClock(NOW), told, stop))
        async with asyncio.timeout(10):
            while not box.seen:
                await asyncio.sleep(0.01)
        stop.set()
        await role
    assert len(lines(shop)) == 1
