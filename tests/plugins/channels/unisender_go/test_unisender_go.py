from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hourglass.channels import Attachment, Outcome, Sender
from hourglass.kernel import Secret
from hourglass.plugins.channels.unisender_go.sender import UnisenderGoSender, mail
from hourglass.plugins.channels.unisender_go.settings import UnisenderGoSettings
from tests.channels.contract import HOSTILE, HttpChannelContract, outgoing
from tests.channels.scripted_http import Asked, Provider, Told, provider

SETTINGS = UnisenderGoSettings(api_key=Secret("key"), sender="Магазин <shop@shop.example>", timeout=2.5)
FAILED = {"gone": "invalid", "later": "temporary_unavailable", "left": "unsubscribed"}


def answer(asked: Asked) -> Told:
    """Answers as the description of email/send says, by the name in the address."""
    assert asked.path == "/ru/transactional/api/v1/email/send.json"
    if asked.headers.get("x-api-key") != "key":
        return failure(401, 102, "Can not decode key 'x'")
    message = asked.json()["message"]
    [recipient] = message["recipients"]
    email = recipient["email"]
    name = email.partition("@")[0]
    if name == "silent":
        return Told(silent=True)
    if name == "spam":
        return failure(400, 152, "Error ID: Field 'from_email' is not verified")
    if name in FAILED:
        return Told(body={"status": "success", "job_id": "1Z-0", "emails": [], "failed_emails": {email: FAILED[name]}})
    return Told(body={"status": "success", "job_id": f"1Z-{name}", "emails": [email]})


def failure(status: int, code: int, message: str) -> Told:
    return Told(status=status, body={"status": "error", "code": code, "message": message})


@pytest.fixture
async def server() -> AsyncIterator[Provider]:
    async with provider(answer) as playing:
        yield playing


class TestUnisenderGo(HttpChannelContract):
    def opened(self, url: str) -> Sender:
        return UnisenderGoSender(SETTINGS, url)


async def test_who_left_the_providers_list_is_refused_and_not_dead(server: Provider) -> None:
    sender = UnisenderGoSender(SETTINGS, server.url)
    [receipt] = await sender.send([outgoing("left@customers.example")])
    await sender.close()
    assert (receipt.outcome, receipt.invalid_address) == (Outcome.REFUSED_PERMANENT, False)


def test_each_attempt_names_the_message_alike() -> None:
    one, again = (mail(outgoing("a@b.example", 7), SETTINGS) for _ in range(2))
    assert one["idempotence_key"] == again["idempotence_key"]
    assert len(one["idempotence_key"]) <= 64
    assert one["recipients"] == [{"email": "a@b.example", "metadata": {"hourglass": "1-7"}}]


def test_the_providers_template_language_finds_nothing_in_a_finished_text() -> None:
    body = mail(outgoing("a@b.example", subject="{{x}}", text="{{ y }}", html="<p>{{z}}</p>"), SETTINGS)
    assert "{{" not in body["subject"] + body["body"]["plaintext"] + body["body"]["html"]


def test_what_a_message_carries() -> None:
    files = (
        Attachment(name="a.pdf", media_type="application/pdf", content=b"%PDF"),
        Attachment(name="logo.png", media_type="image/png", content=b"png", content_id="logo"),
    )
    body = mail(outgoing("a@b.example", locale="ru-RU", attachments=files, campaign="spring"), SETTINGS)
    assert body["options"] == {"unsubscribe_url": "https://shop.example/u/token"}
    assert (body["track_links"], body["track_read"], body["global_language"]) == (0, 0, "ru")
    assert [one["name"] for one in body["attachments"] + body["inline_attachments"]] == ["a.pdf", "logo"]


def test_nothing_typed_by_a_customer_makes_a_header() -> None:
    body = mail(outgoing("a@b.example", subject=HOSTILE, from_name=HOSTILE), SETTINGS)
    assert not {"\r", "\n"} & set(body["subject"] + body["from_name"])
