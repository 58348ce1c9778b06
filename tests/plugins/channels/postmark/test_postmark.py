from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from hourglass.channels import Attachment, Outcome, Sender
from hourglass.kernel import Secret
from hourglass.plugins.channels.postmark.sender import PostmarkSender, mail
from hourglass.plugins.channels.postmark.settings import PostmarkSettings
from tests.channels.contract import HOSTILE, HttpChannelContract, outgoing
from tests.channels.scripted_http import Asked, Provider, Told, provider

SETTINGS = PostmarkSettings(server_token=Secret("token"), sender="Shop <shop@shop.example>", timeout=2.5)
INACTIVE = (
    "You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: gone@x.example."
)


def answer(asked: Asked) -> Told:
    """Answers as the description of /email/batch says: 200 with a line for each message."""
    assert asked.path == "/email/batch"
    if asked.headers.get("x-postmark-server-token") != "token":
        return Told(status=401, body={"ErrorCode": 10, "Message": "Bad or missing API token."})
    messages = asked.json()
    assert 0 < len(messages) <= 500
    names = [message["To"].partition("@")[0] for message in messages]
    if "silent" in names:
        return Told(silent=True)
    if "later" in names:
        return Told(status=429, body=b"")
    if "odd" in names:
        return Told(body=[])
    return Told(body=[line(message["To"], name) for message, name in zip(messages, names, strict=True)])


def line(to: str, name: str) -> dict[str, Any]:
    codes = {
        "gone": (406, INACTIVE),
        "spam": (300, "Invalid 'From' address: 'x'."),
        "wrong": (300, "Invalid 'To' address: 'wrong'."),
        "poor": (405, "Not allowed to send: you ran out of credits."),
    }
    if name in codes:
        code, message = codes[name]
        return {"ErrorCode": code, "Message": message}
    return {"ErrorCode": 0, "Message": "OK", "MessageID": f"pm-{name}", "SubmittedAt": "2026-03-01T12:00:00Z", "To": to}


@pytest.fixture
async def server() -> AsyncIterator[Provider]:
    async with provider(answer) as playing:
        yield playing


@pytest.fixture
async def sender(server: Provider) -> AsyncIterator[PostmarkSender]:
    opened = PostmarkSender(SETTINGS, server.url)
    yield opened
    await opened.close()


class TestPostmark(HttpChannelContract):
    def opened(self, url: str) -> Sender:
        return PostmarkSender(SETTINGS, url)


async def test_a_batch_is_one_call_with_an_answer_for_each(server: Provider, sender: PostmarkSender) -> None:
    addresses = ["a@x.example", "gone@x.example", "no address", "wrong@x.example", "poor@x.example", "b@x.example"]
    receipts = await sender.send([outgoing(address, n) for n, address in enumerate(addresses)])
    assert [one.outcome.value for one in receipts] == [
        "accepted", "refused_permanent", "refused_permanent", "refused_permanent", "unreachable", "accepted"
    ]  # fmt: skip
    assert [one.invalid_address for one in receipts] == [False, True, True, True, False, False]
    assert [one.provider_id for one in receipts if one.provider_id] == ["pm-a", "pm-b"]
    assert len(server.asked) == 1


async def test_an_answer_that_cannot_be_told_apart_is_unknown(sender: PostmarkSender) -> None:
    receipts = await sender.send([outgoing("odd@x.example"), outgoing("a@x.example")])
    assert {one.outcome for one in receipts} == {Outcome.UNKNOWN}


def test_news_and_letters_about_orders_go_by_streams_of_their_own() -> None:
    assert mail(outgoing("a@x.example", marketing=True), SETTINGS)["MessageStream"] == "broadcast"
    assert mail(outgoing("a@x.example"), SETTINGS)["MessageStream"] == "outbound"


def test_what_a_message_carries() -> None:
    file = Attachment(name="logo.png", media_type="image/png", content=b"png", content_id="logo")
    body = mail(outgoing("a@x.example", 7, campaign="spring", attachments=(file,)), SETTINGS)
    assert body["Metadata"] == {"hourglass": "1-7"}
    assert {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"} in body["Headers"]
    assert (body["TrackOpens"], body["TrackLinks"], body["Tag"]) == (False, "None", "spring")
    assert body["Attachments"][0]["ContentID"] == "cid:logo"


def test_nothing_typed_by_a_customer_makes_a_header() -> None:
    body = mail(outgoing("a@b.example", subject=HOSTILE, from_name=HOSTILE), SETTINGS)
    assert not {"\r", "\n"} & set(body["Subject"] + body["From"])
