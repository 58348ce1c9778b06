from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import msgspec
import pytest

from hourglass.channels import Attachment, Outcome, Outgoing, Sender, discover, open_sender
from hourglass.kernel import FixedClock, Malformed, Secret
from hourglass.plugins.channels.amazon_ses.sender import AmazonSesSender, mail
from hourglass.plugins.channels.amazon_ses.settings import AmazonSesSettings
from hourglass.plugins.channels.amazon_ses.signature import Credentials, sign
from tests.channels.contract import HOSTILE, HttpChannelContract, outgoing
from tests.channels.scripted_http import Asked, Provider, Told, provider
from tests.plugins.channels.amazon_ses.shapes import SPEC, faults

CLOCK = FixedClock(datetime(2026, 3, 1, 12, tzinfo=UTC))
SETTINGS = AmazonSesSettings(
    access_key_id="AKIDEXAMPLE",
    secret_access_key=Secret("secret"),
    region="eu-central-1",
    sender="Мой магазин подарков и цветов <shop@shop.example>",
    configuration_set="hourglass",
    timeout=2.5,
)


def answer(asked: Asked) -> Told:
    """Answers as the description says, by the name in the address; a wrong signature is refused as AWS does."""
    assert (asked.method, asked.path) == (SPEC["operation"]["http"]["method"], SPEC["operation"]["http"]["requestUri"])
    if not signed(asked):
        return failure(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.")
    body = asked.json()
    assert faults(body) == []
    name = body["Destination"]["ToAddresses"][0].partition("@")[0]
    told = {
        "later": failure(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
        "daily": failure(429, "TooManyRequestsException", "Daily message quota exceeded."),
        "spam": failure(400, "BadRequestException", "Missing required header 'From'."),
        "gone": failure(400, "BadRequestException", "Invalid domain name: 'customers'."),
        "sandbox": failure(400, "MessageRejected", "Email address is not verified. The following identities failed"),
        "paused": failure(400, "SendingPausedException", "Sending is paused"),
        "silent": Told(silent=True),
    }
    return told.get(name, Told(body={"MessageId": f"0107-{name}-000000"}))


def failure(status: int, name: str, message: str) -> Told:
    return Told(status=status, body={"message": message}, headers={"x-amzn-ErrorType": f"{name}:http://internal"})


def signed(asked: Asked) -> bool:
    """Signs the same request again, as AWS does with its copy of the secret."""
    given = asked.headers["authorization"]
    region, service = given.split("/")[2:4]
    names = re.search(r"SignedHeaders=([^,]+)", given)
    assert names
    own = {name: asked.headers[name] for name in names[1].split(";") if name not in ("host", "x-amz-date")}
    whose = Credentials(access_key_id="AKIDEXAMPLE", secret=Secret("secret"), region=region, service=service)
    url = f"http://{asked.headers['host']}{asked.path}"
    then = datetime.strptime(asked.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return (region, service) == ("eu-central-1", SPEC["metadata"]["signingName"]) and sign(
        whose, "POST", url, own, asked.body, then
    )["authorization"] == given


@pytest.fixture
async def server() -> AsyncIterator[Provider]:
    async with provider(answer) as playing:
        yield playing


class TestAmazonSes(HttpChannelContract):
    def opened(self, url: str) -> Sender:
        return AmazonSesSender(SETTINGS, url, CLOCK)


@pytest.mark.parametrize("name", ["daily", "sandbox", "paused"])
async def test_what_is_about_the_account_is_no_fault_of_the_message(server: Provider, name: str) -> None:
    sender = AmazonSesSender(SETTINGS, server.url, CLOCK)
    [receipt] = await sender.send([outgoing(f"{name}@customers.example")])
    await sender.close()
    assert receipt.outcome is Outcome.UNREACHABLE
    assert (receipt.retry_after is not None) is (name == "daily")


async def test_a_wrong_secret_is_no_fault_of_the_message(server: Provider) -> None:
    wrong = msgspec.structs.replace(SETTINGS, secret_access_key=Secret("other"))
    sender = AmazonSesSender(wrong, server.url, CLOCK)
    [receipt] = await sender.send([outgoing("anna@customers.example")])
    await sender.close()
    assert receipt.outcome is Outcome.UNREACHABLE


def sent(message: Outgoing) -> dict[str, Any]:
    body = msgspec.json.decode(msgspec.json.encode(mail(message, SETTINGS)))
    assert faults(body) == []
    return body


def test_the_message_is_named_so_that_news_find_it_and_its_way_out_goes_along() -> None:
    body = sent(outgoing("anna@customers.example", 7, campaign="весна 2026"))
    assert {tag["Name"]: tag["Value"] for tag in body["EmailTags"]} == {"hourglass": "1-7", "campaign": "______2026"}
    assert body["ConfigurationSetName"] == "hourglass"
    headers = {one["Name"]: one["Value"] for one in body["Content"]["Simple"]["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_name_with_foreign_letters_arrives() -> None:
    given = sent(outgoing("a@b.example"))["FromEmailAddress"]
    assert given.isascii()
    name, address = parseaddr(given)
    assert (str(make_header(decode_header(name))), address) == ("Мой магазин подарков и цветов", "shop@shop.example")


def test_files_go_along() -> None:
    files = (
        Attachment(name="a.pdf", media_type="application/pdf", content=b"%PDF"),
        Attachment(name="logo.png", media_type="image/png", content=b"png", content_id="logo"),
    )
    first, second = sent(outgoing("a@b.example", attachments=files))["Content"]["Simple"]["Attachments"]
    assert (first["ContentDisposition"], second["ContentDisposition"], second["ContentId"]) == (
        "ATTACHMENT",
        "INLINE",
        "logo",
    )


def test_nothing_typed_by_a_customer_makes_a_header() -> None:
    body = sent(outgoing("a@b.example", subject=HOSTILE, from_name=HOSTILE, unsubscribe_url="https://x/\r\ny"))
    assert not {"\r", "\n"} & set(body["Content"]["Simple"]["Subject"]["Data"] + body["FromEmailAddress"])
    assert body["Content"]["Simple"]["Headers"] == []


@pytest.mark.parametrize("change", [{"region": "x.evil.example/"}, {"topic": "arn:x"}, {"sender": "nobody"}])
def test_settings_that_cannot_be_are_refused(change: dict[str, str]) -> None:
    told = {"access_key_id": "A", "secret_access_key": "s", "region": "eu-central-1", "sender": "shop@shop.example"}
    with pytest.raises(Malformed, match=next(iter(change))):
        open_sender(discover()["amazon_ses"], told | change)
