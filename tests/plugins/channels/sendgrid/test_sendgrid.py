from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from hourglass.channels import Attachment, Outcome, Sender, discover, open_sender
from hourglass.kernel import Malformed, Secret
from hourglass.plugins.channels.sendgrid.sender import SendGridSender, mail
from hourglass.plugins.channels.sendgrid.settings import SendGridSettings
from tests.channels.contract import HOSTILE, HttpChannelContract, outgoing
from tests.channels.scripted_http import Asked, Provider, Told, provider

SPEC = json.loads(Path(__file__).with_name("mail_send.json").read_text("utf-8"))
VALID = jsonschema_rs.validator_for({**SPEC["schema"], "components": SPEC["components"]})
SETTINGS = SendGridSettings(api_key=Secret("SG.key"), sender="Мой магазин <shop@shop.example>", timeout=2.5)


def answer(asked: Asked) -> Told:
    """Answers as the description says, by the name in the address."""
    if asked.headers.get("authorization") != "Bearer SG.key":
        return failure(401, "The provided authorization grant is invalid, expired, or revoked")
    VALID.validate(body := asked.json())
    name = body["personalizations"][0]["to"][0]["email"].partition("@")[0]
    told = {
        "later": failure(429, "too many requests"),
        "spam": failure(400, "The content value must be a string at least one character in length.", "content.0.value"),
        "gone": failure(400, "Does not contain a valid address.", "personalizations.0.to.0.email"),
        "silent": Told(silent=True),
    }
    return told.get(name, Told(status=202, headers={"X-Message-Id": f"sg-{name}"}))


def failure(status: int, message: str, field: str | None = None) -> Told:
    return Told(status=status, body={"errors": [{"message": message, "field": field, "help": None}]})


@pytest.fixture
async def server() -> AsyncIterator[Provider]:
    async with provider(answer) as playing:
        yield playing


class TestSendGrid(HttpChannelContract):
    def opened(self, url: str) -> Sender:
        return SendGridSender(SETTINGS, url)


def sent(**changes: Any) -> dict[str, Any]:
    body = msgspec.json.decode(msgspec.json.encode(mail(outgoing("anna@customers.example", 7, **changes), SETTINGS)))
    VALID.validate(body)
    return body


async def test_a_wrong_key_is_no_fault_of_the_message(server: Provider) -> None:
    wrong = SendGridSender(msgspec.structs.replace(SETTINGS, api_key=Secret("SG.other")), server.url)
    [receipt] = await wrong.send([outgoing("anna@customers.example")])
    await wrong.close()
    assert receipt.outcome is Outcome.UNREACHABLE
    assert "SG.other" not in receipt.detail


def test_the_message_is_named_so_that_news_find_it_and_its_way_out_goes_along() -> None:
    body = sent(campaign="spring")
    assert body["personalizations"][0]["custom_args"] == {"hourglass": "1-7"}
    assert body["headers"]["List-Unsubscribe"] == "<https://shop.example/u/token>"
    assert body["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert body["from"] == {"email": "shop@shop.example", "name": "Мой магазин"}
    assert body["categories"] == ["spring"]


def test_only_we_follow_links_and_opens() -> None:
    told = sent()["tracking_settings"]
    assert {name: told[name]["enable"] for name in told} == dict.fromkeys(told, False)


def test_a_transactional_message_offers_no_way_out() -> None:
    assert "headers" not in sent(unsubscribe_url=None)


def test_files_go_along() -> None:
    files = (
        Attachment(name="a.pdf", media_type="application/pdf", content=b"%PDF"),
        Attachment(name="logo.png", media_type="image/png", content=b"png", content_id="logo"),
    )
    first, second = sent(attachments=files)["attachments"]
    assert (b64decode(first["content"]), first["disposition"]) == (b"%PDF", "attachment")
    assert (second["disposition"], second["content_id"]) == ("inline", "logo")


def test_the_sender_of_the_message_goes_before_that_of_the_settings() -> None:
    body = sent(from_name="Anna", from_address="anna@shop.example", reply_to="help@shop.example")
    assert (body["from"]["email"], body["reply_to"]) == ("anna@shop.example", {"email": "help@shop.example"})
    assert sent(from_address="x@y\r\nBcc: z@z")["from"]["email"] == "shop@shop.example"


def test_nothing_typed_by_a_customer_makes_a_header() -> None:
    body = sent(subject=HOSTILE, unsubscribe_url="https://x.example/\r\nBcc: y@z.example", from_name=HOSTILE)
    assert not {"\r", "\n"} & set(body["subject"] + body["from"]["name"])
    assert "headers" not in body


def test_a_sender_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(Malformed, match="sender"):
        open_sender(discover()["sendgrid"], {"api_key": "SG.key", "sender": "nobody"})
