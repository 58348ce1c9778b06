from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hourglass.channels import Outcome, Sender
from hourglass.kernel import Malformed
from tests.channels.contract import HOSTILE, outgoing
from tests.channels.scripted_smtp import Script, smtp_server
from tests.plugins.channels.email.mailing import ANNA, octets, open_email, parsed


@pytest.fixture
async def server() -> AsyncIterator[Script]:
    async with smtp_server() as script:
        yield script


@pytest.fixture
async def sender(server: Script) -> AsyncIterator[Sender]:
    opened = open_email(f"smtp://127.0.0.1:{server.port}")
    yield opened
    await opened.close()


async def test_a_mail_has_the_headers_that_mailboxes_ask_for(server: Script, sender: Sender) -> None:
    [receipt] = await sender.send(
        [outgoing(ANNA, subject="Привет, Анна! 🎁", text="Добрый день", html="<p>Добрый день</p>")]
    )
    mail = parsed(octets(server))
    assert mail["Subject"] == "Привет, Анна! 🎁"
    assert mail["From"] == "Мой магазин <shop@shop.example>"
    assert mail["To"] == ANNA
    assert mail["Date"].datetime.isoformat() == "2026-03-01T12:00:00+00:00"
    assert mail["Message-ID"] == f"<{receipt.provider_id}>"
    assert mail["List-Unsubscribe"] == "<https://shop.example/u/token>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in mail.iter_parts()] == ["Добрый день", "<p>Добрый день</p>"]  # type: ignore[attr-defined]


async def test_a_transactional_mail_offers_no_way_out(server: Script, sender: Sender) -> None:
    await sender.send([outgoing(ANNA, unsubscribe_url=None)])
    assert "List-Unsubscribe" not in parsed(octets(server))


async def test_a_mail_without_html_is_one_part(server: Script, sender: Sender) -> None:
    await sender.send([outgoing(ANNA, html=None, text="a\n.\n..b")])
    assert parsed(octets(server)).get_content().splitlines() == ["a", ".", "..b"]


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "x" * 5000,
        "dots\n.\n..\n.end",
        "price 5 €, über",
        "Здравствуйте " * 300,
        "\r\n.\r\nQUIT\r\n",
        "emoji 🎉" * 40,
    ],
)
async def test_any_text_arrives_as_it_was(server: Script, sender: Sender, text: str) -> None:
    await sender.send([outgoing(ANNA, text=text, html=f"<html><head></head><body>{text}</body></html>")])
    plain, html = parsed(octets(server)).iter_parts()
    wanted = text.replace("\r\n", "\n")
    assert plain.get_content().replace("\r\n", "\n").rstrip("\n") == wanted.rstrip("\n")  # type: ignore[attr-defined]
    shown = (
        html.get_content()  # type: ignore[attr-defined]
        .replace("\r\n", "\n")
        .replace("&#8364;", "€")
        .replace("&#252;", "ü")
        .replace("&#127881;", "🎉")
    )
    assert wanted in shown
    assert max(map(len, octets(server).split(b"\r\n"))) <= 998


async def test_nothing_typed_by_a_customer_becomes_a_header_or_a_command(server: Script, sender: Sender) -> None:
    await sender.send(
        [outgoing(ANNA, subject=HOSTILE, text=HOSTILE, html=HOSTILE, unsubscribe_url="https://x/\r\nX: y")]
    )
    mail = parsed(octets(server))
    assert len(server.mails) == 1
    assert server.mails[0].rcpt_tos == [ANNA]
    assert mail["Bcc"] is None
    assert mail["X"] is None or "\n" not in mail["X"]
    assert "thief@example.com" in mail["Subject"]


@pytest.mark.parametrize(
    ("recipient", "outcome", "invalid"),
    [
        ("gone", Outcome.REFUSED_PERMANENT, True),
        ("plain550", Outcome.REFUSED_PERMANENT, True),
        ("blocked", Outcome.REFUSED_PERMANENT, False),
        ("full", Outcome.REFUSED_TEMPORARY, False),
        ("closing", Outcome.UNREACHABLE, False),
        ("vanish", Outcome.UNREACHABLE, False),
        ("silent", Outcome.UNKNOWN, False),
    ],
)
async def test_each_answer_has_its_meaning(
    server: Script, sender: Sender, recipient: str, outcome: Outcome, invalid: bool
) -> None:
    [receipt] = await sender.send([outgoing(f"{recipient}@customers.example")])
    assert (receipt.outcome, receipt.invalid_address) == (outcome, invalid)
    assert receipt.mailbox_full is (recipient == "full")
    assert (receipt.provider_id is not None) == (outcome is Outcome.UNKNOWN)
    assert bool(server.mails) == (outcome is Outcome.UNKNOWN)


async def test_a_server_that_never_answers_is_given_up(server: Script) -> None:
    hasty = open_email(f"smtp://127.0.0.1:{server.port}", timeout=0.2, taking_timeout=0.2)
    [receipt] = await hasty.send([outgoing("asleep@customers.example")])
    assert receipt.outcome is Outcome.UNKNOWN
    assert "in time" in receipt.detail


async def test_connections_are_used_again(server: Script, sender: Sender) -> None:
    await sender.send([outgoing(ANNA, number) for number in range(20)])
    assert server.connections == 1


async def test_a_connection_that_died_while_idle_is_replaced(server: Script, sender: Sender) -> None:
    await sender.send([outgoing(ANNA, 1)])
    [(connection, _)] = sender._idle  # type: ignore[attr-defined]
    connection._wire._transport.get_extra_info("socket").shutdown(2)
    [receipt] = await sender.send([outgoing(ANNA, 2)])
    assert receipt.outcome is Outcome.ACCEPTED
    assert len(server.mails) == 2


async def test_an_address_with_foreign_letters_travels_as_utf8(server: Script, sender: Sender) -> None:
    [receipt] = await sender.send([outgoing("анна@customers.example")])
    assert receipt.outcome is Outcome.ACCEPTED
    assert server.mails[0].rcpt_tos == ["анна@customers.example"]


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://host:99999", "smtp://h?tls=maybe"])
def test_a_wrong_server_address_is_explained(url: str) -> None:
    with pytest.raises(Malformed):
        open_email(url)
