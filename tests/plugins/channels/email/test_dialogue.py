"""The dialogue with servers good and bad: what surely was not taken, what nobody knows, and what is never tried."""

from __future__ import annotations

import pytest

from hourglass.channels import Attachment, Outcome
from hourglass.plugins.channels.email import connection
from tests.channels.contract import outgoing
from tests.channels.scripted_smtp import smtp_server
from tests.plugins.channels.email.mailing import ANNA, open_email
from tests.plugins.channels.email.played import played

BIG = (Attachment(name="film.bin", media_type="video/mp4", content=b"\0" * 12_000_000),)


async def test_a_big_mail_cut_off_before_its_end_was_surely_not_taken() -> None:
    async with played(read=1000) as server:
        [receipt] = await open_email(f"smtp://127.0.0.1:{server.port}").send([outgoing(ANNA, attachments=BIG)])
    assert receipt.outcome is Outcome.UNREACHABLE


async def test_a_small_mail_cut_off_may_have_been_taken() -> None:
    async with played(read=10) as server:
        [receipt] = await open_email(f"smtp://127.0.0.1:{server.port}").send([outgoing(ANNA)])
    assert receipt.outcome is Outcome.UNKNOWN


async def test_a_refusal_in_the_middle_of_a_mail_counts() -> None:
    async with played({"INSIDE": "552 5.3.4 Too big for us"}, read=1000) as server:
        [receipt] = await open_email(f"smtp://127.0.0.1:{server.port}").send([outgoing(ANNA, attachments=BIG)])
    assert receipt.outcome in (Outcome.REFUSED_PERMANENT, Outcome.UNREACHABLE)  # a reset may overtake the words
    assert not receipt.invalid_address


async def test_a_server_that_stops_reading_is_given_up_and_took_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SLOWEST", 1 << 30)
    async with played({"ASLEEP": ""}, read=1000) as server:
        opened = open_email(f"smtp://127.0.0.1:{server.port}", taking_timeout=0.2)
        [receipt] = await opened.send([outgoing(ANNA, attachments=BIG)])
    assert receipt.outcome is Outcome.UNREACHABLE
    assert "stopped reading" in receipt.detail


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"MAIL": "hang up"}, Outcome.UNREACHABLE),
        ({"RCPT": "hang up"}, Outcome.UNREACHABLE),
        ({"DATA": "hang up"}, Outcome.UNREACHABLE),
        ({"MAIL": "451 4.3.0 Not now"}, Outcome.REFUSED_TEMPORARY),
        ({"RCPT": "450 4.2.0 Greylisted"}, Outcome.REFUSED_TEMPORARY),
        ({"RCPT": "452 4.5.3 Too many recipients"}, Outcome.REFUSED_TEMPORARY),
        ({"DATA": "554 5.5.1 No"}, Outcome.REFUSED_PERMANENT),
        ({"MAIL": "530 5.7.0 Log in first"}, Outcome.UNREACHABLE),
        ({"END": "421 4.3.2 Closing"}, Outcome.REFUSED_TEMPORARY),
        ({"END": "nonsense"}, Outcome.REFUSED_PERMANENT),
    ],
)
@pytest.mark.parametrize("offers", [("PIPELINING",), ("8BITMIME",)], ids=["pipelining", "one by one"])
async def test_each_moment_has_its_meaning(answers: dict[str, str], outcome: Outcome, offers: tuple[str, ...]) -> None:
    async with played(answers, offers=offers) as server:
        opened = open_email(f"smtp://127.0.0.1:{server.port}")
        [receipt] = await opened.send([outgoing(ANNA)])
        await opened.close()
    assert receipt.outcome is outcome


async def test_what_is_larger_than_the_server_takes_is_not_tried() -> None:
    async with played(offers=("SIZE 5000",)) as server:
        opened = open_email(f"smtp://127.0.0.1:{server.port}")
        [receipt] = await opened.send([outgoing(ANNA, text="x " * 5000)])
        assert receipt.outcome is Outcome.REFUSED_PERMANENT
        assert "5,000" in receipt.detail
        assert not receipt.invalid_address
        assert b"MAIL FROM" not in server.heard
        [receipt] = await opened.send([outgoing(ANNA, 2)])
        assert receipt.outcome is Outcome.ACCEPTED
        assert b" SIZE=" in server.heard
        await opened.close()


async def test_letters_of_other_alphabets_need_a_server_that_takes_them() -> None:
    async with played(offers=("8BITMIME",)) as plain, played(offers=("8BITMIME", "SMTPUTF8")) as modern:
        for server in (plain, modern):
            opened = open_email(f"smtp://127.0.0.1:{server.port}")
            [receipt] = await opened.send([outgoing("анна@customers.example")])
            assert receipt.outcome is (Outcome.ACCEPTED if server is modern else Outcome.REFUSED_PERMANENT)
            await opened.close()
        assert b"BODY=8BITMIME SMTPUTF8" in modern.heard
        assert "RCPT TO:<анна@customers.example>".encode() in modern.heard


async def test_a_foreign_domain_travels_as_ascii_to_any_server() -> None:
    async with played() as server:
        opened = open_email(f"smtp://127.0.0.1:{server.port}")
        [receipt] = await opened.send([outgoing("anna@магазин.рф")])
        await opened.close()
    assert receipt.outcome is Outcome.ACCEPTED
    assert b"RCPT TO:<anna@xn--80aairftm.xn--p1ai>" in server.heard


async def test_bounces_are_asked_for_where_the_server_can(tmp_path_factory: pytest.TempPathFactory) -> None:
    keys = str(tmp_path_factory.mktemp("email"))
    async with played(offers=("DSN",)) as server:
        opened = open_email(f"smtp://127.0.0.1:{server.port}", keys=keys, return_domain="bounce.shop.example")
        await opened.send([outgoing(ANNA)])
        await opened.close()
    assert b"MAIL FROM:<bounce+1-1-" in server.heard
    assert b"@bounce.shop.example> RET=HDRS ENVID=1-1-" in server.heard
    assert b"> NOTIFY=FAILURE,DELAY" in server.heard


@pytest.mark.parametrize(
    "address",
    [
        "a" * 65 + "@customers.example",
        "anna@" + "a" * 64 + ".example",
        "anna@" + "a." * 130 + "example",
        "anna@customers..example",
        ".anna@customers.example",
        "an..na@customers.example",
        "anna@-customers.example",
        "anna\u202egnp@customers.example",
        "an\u200bna@customers.example",
        "ａnna@customers.example",
        "anna@customers.example\u2028",
        "anna@[127.0.0.1]",
        '"anna"@customers.example',
        "anna,eve@customers.example",
        "anna@customers.example>\r\nRCPT TO:<eve@x.example",
        "x" * 100_000 + "@customers.example",
    ],
)
async def test_oversized_and_disguised_addresses_are_never_tried(address: str) -> None:
    [receipt] = await open_email("smtp://127.0.0.1:1").send([outgoing(address)])
    assert (receipt.outcome, receipt.invalid_address) == (Outcome.REFUSED_PERMANENT, True)


async def test_a_lookalike_domain_is_another_domain() -> None:
    """A Cyrillic а in the domain: it goes where its owner is, and shows as what it is."""
    async with played() as server:
        opened = open_email(f"smtp://127.0.0.1:{server.port}")
        await opened.send([outgoing("anna@pаypal.example")])
        await opened.close()
    assert b"RCPT TO:<anna@xn--" in server.heard
    assert b"To: <anna@xn--" in server.heard


async def test_a_connection_has_its_day() -> None:
    async with smtp_server() as server:
        opened = open_email(f"smtp://127.0.0.1:{server.port}", mails_per_connection=3)
        receipts = await opened.send([outgoing(ANNA, number) for number in range(7)])
        assert {receipt.outcome for receipt in receipts} == {Outcome.ACCEPTED}
        assert server.connections == 3
        await opened.close()


async def test_a_server_that_has_enough_of_a_connection_gets_the_mail_on_a_new_one() -> None:
    async with smtp_server() as server:
        server.mails_per_connection = 2
        opened = open_email(f"smtp://127.0.0.1:{server.port}")
        receipts = await opened.send([outgoing(ANNA, number) for number in range(5)])
        assert {receipt.outcome for receipt in receipts} == {Outcome.ACCEPTED}
        assert server.connections == 3
        await opened.close()
