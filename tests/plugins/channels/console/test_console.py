from __future__ import annotations

import io

import pytest

from hourglass.channels import Outcome, discover, open_sender
from hourglass.plugins.channels.console.sender import ConsoleSender
from hourglass.plugins.channels.console.settings import ConsoleSettings
from tests.channels.contract import HOSTILE, outgoing


async def test_it_shows_and_keeps_what_would_have_been_sent() -> None:
    out = io.StringIO()
    sender = ConsoleSender(ConsoleSettings(keep=1), out)
    receipts = await sender.send([outgoing("anna@customers.example", n, text=f"text {n}") for n in (1, 2)])
    assert [one.provider_id for one in receipts] == ["console-1-1", "console-1-2"]
    assert "To: anna@customers.example" in out.getvalue()
    assert "text 2" in out.getvalue()
    assert [kept.id for kept in sender.kept] == [2]


async def test_nothing_typed_by_a_customer_steers_the_terminal() -> None:
    out = io.StringIO()
    await ConsoleSender(ConsoleSettings(), out).send(
        [outgoing("a@b.example", subject="\x1b[2J" + HOSTILE, text="\x1b]0;x\x07")]
    )
    assert "\x1b" not in out.getvalue()
    assert "\r" not in out.getvalue()


@pytest.mark.parametrize("address", ["", "no-at", "a@b\r\nx", "a b@c.example", "<a@b.example>"])
async def test_what_is_no_address_is_refused(address: str) -> None:
    [receipt] = await open_sender(discover()["console"], {}).send([outgoing(address)])
    assert (receipt.outcome, receipt.invalid_address) == (Outcome.REFUSED_PERMANENT, True)
