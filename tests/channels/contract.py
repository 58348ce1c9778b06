"""What every channel plug-in promises. A plug-in's test subclasses this and says how its provider plays each part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from hourglass.channels import Outcome, Outgoing, Sender
from tests.channels.scripted_http import Provider

HOSTILE = "Anna\r\nBcc: thief@example.com\r\n\r\n.\r\nMAIL FROM:<x@y>\x00 \u2028 \ud83d\ude00 مرحبا".encode(
    "utf-8", "surrogatepass"
).decode("utf-8", "replace")


def outgoing(address: str, number: int = 1, **changes: Any) -> Outgoing:
    """A message to somebody."""
    told: dict[str, Any] = {
        "id": number,
        "workspace_id": 1,
        "address": address,
        "subject": "Your cart",
        "text": "Hello",
        "html": "<p>Hello</p>",
        "unsubscribe_url": "https://shop.example/u/token",
        "at": datetime(2026, 3, 1, 12, tzinfo=UTC),
    }
    return Outgoing(**told | changes)


class ChannelContract:
    """Give the fixtures `sender` (an open plug-in before a playing provider) and `away` (before no provider at all)."""

    accepted: str
    temporary: str
    permanent: str
    nobody: str
    silent: str

    async def test_an_accepted_message_has_a_provider_id(self, sender: Sender) -> None:
        [receipt] = await sender.send([outgoing(self.accepted)])
        assert receipt.outcome is Outcome.ACCEPTED
        assert receipt.provider_id

    async def test_a_temporary_refusal_asks_to_come_back(self, sender: Sender) -> None:
        [receipt] = await sender.send([outgoing(self.temporary)])
        assert receipt.outcome is Outcome.REFUSED_TEMPORARY
        assert receipt.detail

    async def test_a_permanent_refusal_is_not_about_the_address_by_itself(self, sender: Sender) -> None:
        [receipt] = await sender.send([outgoing(self.permanent)])
        assert receipt.outcome is Outcome.REFUSED_PERMANENT
        assert not receipt.invalid_address

    async def test_an_address_that_does_not_exist_is_named_so(self, sender: Sender) -> None:
        [receipt] = await sender.send([outgoing(self.nobody)])
        assert receipt.outcome is Outcome.REFUSED_PERMANENT
        assert receipt.invalid_address

    async def test_silence_after_the_hand_over_is_unknown(self, sender: Sender) -> None:
        [receipt] = await sender.send([outgoing(self.silent)])
        assert receipt.outcome is Outcome.UNKNOWN

    async def test_a_provider_that_is_away_is_unreachable(self, away: Sender) -> None:
        [receipt] = await away.send([outgoing(self.accepted)])
        assert receipt.outcome is Outcome.UNREACHABLE

    async def test_receipts_stand_in_the_order_of_messages(self, sender: Sender) -> None:
        receipts = await sender.send([outgoing(self.nobody, 1), outgoing(self.accepted, 2)])
        assert [receipt.outcome for receipt in receipts] == [Outcome.REFUSED_PERMANENT, Outcome.ACCEPTED]

    async def test_a_refusal_does_not_spoil_what_follows(self, sender: Sender) -> None:
        for address in (self.temporary, self.permanent, self.nobody, self.silent):
            await sender.send([outgoing(address, 1)])
            [receipt] = await sender.send([outgoing(self.accepted, 2)])
            assert receipt.outcome is Outcome.ACCEPTED

    async def test_many_calls_run_at_once(self, sender: Sender) -> None:
        calls = [sender.send([outgoing(self.accepted, number)]) for number in range(3 * sender.parallel)]
        assert all(receipt.outcome is Outcome.ACCEPTED for [receipt] in await asyncio.gather(*calls))

    async def test_hostile_texts_are_carried_as_texts(self, sender: Sender) -> None:
        message = outgoing(self.accepted, subject=HOSTILE, text=HOSTILE, html=f"<p>{HOSTILE}</p>")
        [receipt] = await sender.send([message])
        assert receipt.outcome is Outcome.ACCEPTED

    @pytest.mark.parametrize("address", ["", "no-at", "a@b\r\nRCPT TO:<x@y.z>", "a b@c.example", "<a@b.example>"])
    async def test_what_is_no_address_is_refused_and_not_tried(self, sender: Sender, address: str) -> None:
        [receipt] = await sender.send([outgoing(address)])
        assert receipt.outcome is Outcome.REFUSED_PERMANENT
        assert receipt.invalid_address

    async def test_it_works_again_after_closing(self, sender: Sender) -> None:
        await sender.close()
        [receipt] = await sender.send([outgoing(self.accepted)])
        assert receipt.outcome is Outcome.ACCEPTED


class HttpChannelContract(ChannelContract):
    """The same for providers called over HTTP; the fixture `server` plays the provider, by the names of its guests."""

    accepted = "anna@customers.example"
    temporary = "later@customers.example"
    permanent = "spam@customers.example"
    nobody = "gone@customers.example"
    silent = "silent@customers.example"

    def opened(self, url: str) -> Sender:
        """The plug-in, before a provider at that address."""
        raise NotImplementedError

    @pytest.fixture
    async def sender(self, server: Provider) -> AsyncIterator[Sender]:
        sender = self.opened(server.url)
        yield sender
        await sender.close()

    @pytest.fixture
    async def away(self) -> Sender:
        return self.opened("http://127.0.0.1:1")
