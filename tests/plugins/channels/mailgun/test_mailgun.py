from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator

import pytest

from hourglass.channels import Attachment, Outcome, Sender, discover, open_sender
from hourglass.kernel import Malformed, Secret
from hourglass.plugins.channels.mailgun.sender import MailgunSender, mail
from hourglass.plugins.channels.mailgun.settings import MailgunSettings
from tests.channels.contract import HOSTILE, HttpChannelContract, outgoing
from tests.channels.scripted_http import Asked, Provider, Told, provider

SETTINGS = MailgunSettings(
    api_key=Secret("key-1"), domain="mg.shop.example", sender="Shop <shop@shop.example>", timeout=2.5
)
LOGIN = "Basic " + b64encode(b"api:key-1").decode()


def answer(asked: Asked) -> Told:
    """Answers as the description says, by the name in the address; other paths as Mailgun does."""
    if asked.path != "/v3/mg.shop.example/messages":
        return Told(body=b"Mailgun Magnificent API", headers={"Content-Type": "text/plain"})
    if asked.headers.get("authorization") != LOGIN:
        return Told(status=401, body=b"Forbidden")
    name = asked.form()["to"].partition("@")[0]
    told = {
        "later": Told(status=429, body={"message": "Too many requests"}),
        "spam": Told(status=400, body={"message": "Need at least one of 'text' or 'html' parameters specified"}),
        "gone": Told(status=400, body={"message": "to parameter is not a valid address. please check documentation"}),
        "silent": Told(silent=True),
    }
    return told.get(name, Told(body={"id": f"<20260301.{name}@mg.shop.example>", "message": "Queued. Thank you."}))


@pytest.fixture
async def server() -> AsyncIterator[Provider]:
    async with provider(answer) as playing:
        yield playing


class TestMailgun(HttpChannelContract):
    def opened(self, url: str) -> Sender:
        return MailgunSender(SETTINGS, url)


async def test_a_success_without_a_number_is_a_wrong_address_of_the_api(server: Provider) -> None:
    sender = MailgunSender(SETTINGS, server.url + "/elsewhere")
    [receipt] = await sender.send([outgoing("anna@customers.example")])
    await sender.close()
    assert receipt.outcome is Outcome.UNREACHABLE
    assert "domain" in receipt.detail


async def test_what_goes_over_the_wire(server: Provider) -> None:
    sender = MailgunSender(SETTINGS, server.url)
    [receipt] = await sender.send(
        [outgoing("anna@customers.example", 7, campaign="весна", reply_to="help@shop.example")]
    )
    await sender.close()
    form = server.asked[0].form()
    assert receipt.provider_id == "20260301.anna@mg.shop.example"
    assert form["v:hourglass"] == "1-7"
    assert form["h:List-Unsubscribe"] == "<https://shop.example/u/token>"
    assert form["h:List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (form["o:tracking"], form["h:Reply-To"]) == ("no", "help@shop.example")
    assert form["o:tag"].isascii()


async def test_files_go_along(server: Provider) -> None:
    sender = MailgunSender(SETTINGS, server.url)
    file = Attachment(name="a.pdf", media_type="application/pdf", content=b"%PDF-1")
    [receipt] = await sender.send([outgoing("anna@customers.example", attachments=(file,))])
    await sender.close()
    assert receipt.outcome is Outcome.ACCEPTED
    assert b'name="attachment"; filename="a.pdf"' in server.asked[0].body
    assert b"%PDF-1" in server.asked[0].body


async def test_nothing_typed_by_a_customer_makes_a_field(server: Provider) -> None:
    evil = '"\r\n\r\nx\r\n--hourglass\r\nContent-Disposition: form-data; name="to"\r\n\r\nthief@example.com'
    sender = MailgunSender(SETTINGS, server.url)
    file = Attachment(name=evil, media_type="text/plain", content=evil.encode())
    await sender.send([outgoing("anna@customers.example", text=evil, subject=evil, attachments=(file,))])
    await sender.close()
    form = server.asked[0].form()
    assert (form["to"], form["text"].strip()) == ("anna@customers.example", evil)
    assert form["attachment"] == evil


def test_nothing_typed_by_a_customer_makes_a_header() -> None:
    form, _ = mail(outgoing("a@b.example", subject=HOSTILE, from_name=HOSTILE), SETTINGS)
    assert not {"\r", "\n"} & set(form["subject"] + form["from"])


@pytest.mark.parametrize("domain", ["", "shop", "mg.shop.example/../x", "a b.example"])
def test_a_domain_that_is_none_is_refused(domain: str) -> None:
    with pytest.raises(Malformed, match="domain"):
        open_sender(discover()["mailgun"], {"api_key": "k", "domain": domain, "sender": "shop@shop.example"})
