"""Every provider's recorded news, and what a forged call meets."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from hourglass.channels import Call, FeedbackKind
from hourglass.kernel import Malformed, Unauthorised
from tests.plugins.channels.webhook_calls import (
    CERTIFICATE,
    CONFIRM,
    NOW,
    VENDORS,
    Amazon,
    call,
    listener,
    recorded,
    resigned_sendgrid,
    sns,
)

RECORDED = [(vendor, name) for vendor in VENDORS for name in recorded(vendor)]
UNSET: dict[str, Any] = {"sendgrid": {"webhook_key": ""}, "mailgun": {"webhook_key": None},
         "postmark": {"webhook_password": None},
         "amazon_ses": {"topic": ""}}  # fmt: skip


@pytest.mark.parametrize(("vendor", "name"), RECORDED, ids=str)
async def test_recorded_news_are_what_their_name_says(vendor: str, name: str) -> None:
    heard = await listener(vendor).read(call(vendor, recorded(vendor)[name]))
    [one] = heard.feedback
    assert name.startswith(one.kind.value)
    assert one.permanent is name.startswith("bounced-permanent")
    assert one.reference == (1, 7)
    assert one.event_id
    assert one.at.tzinfo is not None
    if one.kind in (FeedbackKind.OPENED, FeedbackKind.CLICKED):
        assert bool(one.url) is (one.kind is FeedbackKind.CLICKED)
    if one.kind is FeedbackKind.BOUNCED and "code" not in name and "dropped" not in name:
        assert one.detail


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_repeat_has_the_same_name_and_other_news_another(vendor: str) -> None:
    names = [
        (await listener(vendor).read(call(vendor, event))).feedback[0].event_id for event in recorded(vendor).values()
    ]
    again = [
        (await listener(vendor).read(call(vendor, event))).feedback[0].event_id for event in recorded(vendor).values()
    ]
    assert names == again
    assert len({*names}) >= len(names) - 1  # one of SendGrid's recordings has another's number


@pytest.mark.parametrize("vendor", VENDORS)
async def test_news_about_mails_of_others_name_no_message_of_ours(vendor: str) -> None:
    heard = await listener(vendor).read(call(vendor, recorded(vendor)["delivered"], None))
    assert [one.reference for one in heard.feedback] == [None]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_call_that_was_changed_on_its_way_is_refused(vendor: str) -> None:
    true = call(vendor, recorded(vendor)["delivered"])
    forged = msgspec.structs.replace(true, body=true.body.replace(b"1-7", b"1-8"))
    if vendor == "mailgun":  # its signature does not cover the event; the token is good once, see the door
        assert (await listener(vendor).read(forged)).once
    elif vendor == "postmark":  # a password covers nothing
        with pytest.raises(Unauthorised):
            await listener(vendor).read(msgspec.structs.replace(true, headers={"authorization": "Basic eDp5"}))
    else:
        with pytest.raises(Unauthorised):
            await listener(vendor).read(forged)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_call_without_any_proof_is_refused(vendor: str) -> None:
    bodies = {"mailgun": {"signature": {"timestamp": "1", "token": "t", "signature": ""}, "event-data": {}},
              "amazon_ses": {"Type": "Notification", "Message": "{}", "MessageId": "1"}}  # fmt: skip
    body = json.dumps(bodies.get(vendor, [])).encode()
    with pytest.raises(Unauthorised):
        await listener(vendor).read(Call(headers={}, body=body, now=NOW))


@pytest.mark.parametrize("vendor", UNSET)
async def test_without_its_key_no_call_is_believed(vendor: str) -> None:
    with pytest.raises(Unauthorised):
        await listener(vendor, **UNSET[vendor]).read(call(vendor, recorded(vendor)["delivered"]))


@pytest.mark.parametrize("vendor", ["sendgrid", "mailgun", "postmark", "amazon_ses"])
@pytest.mark.parametrize("body", [b"", b"{", b'"x"', b"\xff\xfe", b"[[]]"])
async def test_what_cannot_be_read_is_malformed_or_refused(vendor: str, body: bytes) -> None:
    true = call(vendor, recorded(vendor)["delivered"])
    with pytest.raises((Malformed, Unauthorised)):
        await listener(vendor).read(msgspec.structs.replace(true, body=body))


async def test_one_odd_event_does_not_stop_the_others() -> None:
    good = {**recorded("sendgrid")["delivered"], "hourglass": "1-7"}
    whole = call("sendgrid", good)
    odd = json.dumps([{"event": 5, "timestamp": "never"}, good, 7, None]).encode()
    signed = resigned_sendgrid(odd)
    heard = await listener("sendgrid").read(msgspec.structs.replace(whole, body=odd, headers=signed))
    kinds = [one.kind for one in heard.feedback]
    assert kinds == [FeedbackKind.UNKNOWN, FeedbackKind.DELIVERED, FeedbackKind.UNKNOWN, FeedbackKind.UNKNOWN]


async def test_an_old_signature_of_mailgun_is_refused() -> None:
    true = call("mailgun", recorded("mailgun")["delivered"])
    with pytest.raises(Unauthorised, match="too old"):
        await listener("mailgun").read(msgspec.structs.replace(true, now=NOW + timedelta(days=2)))


async def test_a_single_event_of_unisender_is_read_too() -> None:
    event = {"auth": "api-key", **recorded("unisender_go")["delivered"], "metadata": {"hourglass": "1-7"}}
    from hashlib import md5

    body = json.dumps(event).encode()
    signed = body.replace(b"api-key", md5(body).hexdigest().encode(), 1)
    heard = await listener("unisender_go").read(Call(headers={}, body=signed, now=NOW))
    assert [one.kind for one in heard.feedback] == [FeedbackKind.DELIVERED]


def confirmation(**changes: Any) -> Call:
    told = {"Type": "SubscriptionConfirmation", "Message": "You have chosen to subscribe", "MessageId": "1",
            "Token": "t", "SubscribeURL": CONFIRM}  # fmt: skip
    return Call(headers={}, body=sns(told | changes), now=NOW)


async def test_the_own_topic_is_confirmed() -> None:
    amazon = Amazon()
    assert (await listener("amazon_ses", amazon).read(confirmation())).feedback == ()
    assert CONFIRM in amazon.asked


async def test_only_amazon_is_asked_to_confirm_and_for_certificates() -> None:
    amazon = Amazon()
    with pytest.raises(Unauthorised):
        await listener("amazon_ses", amazon).read(confirmation(SubscribeURL="https://evil.example/?x"))
    for url in (
        "http://sns.eu-central-1.amazonaws.com/x.pem",
        "https://sns.evil.example/x.pem",
        "https://sns.eu-central-1.amazonaws.com.evil.example/x.pem",
        "https://user@sns.eu-central-1.amazonaws.com/x.pem",
        "https://sns.eu-central-1.amazonaws.com:8443/x.pem",
        "https://evil.example/sns.eu-central-1.amazonaws.com/x.pem",
        "https://bucket.s3.amazonaws.com/x.pem",
        CERTIFICATE.removesuffix(".pem"),
    ):
        body = sns({"Type": "Notification", "Message": "{}", "MessageId": "1"}, certificate=url)
        with pytest.raises(Unauthorised):
            await listener("amazon_ses", amazon).read(Call(headers={}, body=body, now=NOW))
    assert set(amazon.asked) <= {CERTIFICATE}


async def test_another_topic_is_not_believed_though_amazon_signed_it() -> None:
    told = {"Type": "Notification", "Message": "{}", "MessageId": "1"}
    body = sns(told, topic="arn:aws:sns:eu-central-1:999999999999:theirs")
    with pytest.raises(Unauthorised, match="topic"):
        await listener("amazon_ses").read(Call(headers={}, body=body, now=NOW))


@pytest.mark.parametrize("version", ["1", "2"])
async def test_both_versions_of_the_signature_are_known(version: str) -> None:
    event = recorded("amazon_ses")["delivered"]
    body = sns({"Type": "Notification", "Message": json.dumps(event), "MessageId": "1", "Subject": "x"}, version)
    assert (await listener("amazon_ses").read(Call(headers={}, body=body, now=NOW))).feedback
