"""Plays the providers: wraps a recorded event for a message of ours and signs the call as the provider does."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from hourglass.channels import Call, Listener, discover, load, state_options
from hourglass.kernel import Unavailable

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = Path(__file__).parent
TOPIC = "arn:aws:sns:eu-central-1:123456789012:mail"
CERTIFICATE = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123.pem"
CONFIRM = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
_EC = ec.generate_private_key(ec.SECP256R1())
_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
_PEM = (
    x509.CertificateBuilder()
    .subject_name(_NAME).issuer_name(_NAME).public_key(_RSA.public_key()).serial_number(1)
    .not_valid_before(NOW - timedelta(days=1)).not_valid_after(NOW + timedelta(days=365))
    .sign(_RSA, SHA256()).public_bytes(Encoding.PEM)
)  # fmt: skip
KEY = b64encode(_EC.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
SENDER = {"sender": "Shop <shop@shop.example>"}
SETTINGS: dict[str, dict[str, Any]] = {
    "amazon_ses": {"access_key_id": "A", "secret_access_key": "s", "region": "eu-central-1", "topic": TOPIC, **SENDER},
    "sendgrid": {"api_key": "k", "webhook_key": KEY, **SENDER},
    "mailgun": {"api_key": "k", "domain": "mg.shop.example", "webhook_key": "signing", **SENDER},
    "postmark": {"server_token": "k", "webhook_password": "password", **SENDER},
    "unisender_go": {"api_key": "api-key", **SENDER},
}
VENDORS = tuple(SETTINGS)


class Amazon:
    """The two addresses of SNS that are read."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if url == CERTIFICATE:
            return _PEM
        if url == CONFIRM:
            return b"<ConfirmSubscriptionResponse/>"
        raise Unavailable(f"{url} cannot be read")


def recorded(vendor: str) -> dict[str, Any]:
    """Events by name; the name begins with what we call it."""
    told = json.loads((HERE / vendor / "webhooks.json").read_text("utf-8"))
    return {name: event for name, event in told.items() if name != "_source"}


def listener(vendor: str, amazon: Amazon | None = None, **changes: Any) -> Listener:
    """The plug-in's reader with settings that fit the signatures below."""
    manifest = discover()[vendor]
    assert manifest.listen
    settings = state_options(manifest, SETTINGS[vendor] | changes)
    return load(manifest.listen)(settings, (amazon or Amazon()).fetch)


def call(vendor: str, event: Mapping[str, Any], reference: str | None = "1-7", now: datetime = NOW) -> Call:
    """A call of the provider about one event of this message."""
    headers, body = CALLS[vendor](event, reference, now)
    return Call(headers=headers, body=body, now=now)


def _sendgrid(event: Mapping[str, Any], reference: str | None, now: datetime) -> tuple[dict[str, str], bytes]:
    body = json.dumps([{**event, "hourglass": reference} if reference else event]).encode()
    return resigned_sendgrid(body, now), body


def resigned_sendgrid(body: bytes, now: datetime = NOW) -> dict[str, str]:
    """The headers that SendGrid would send with this body."""
    moment = str(int(now.timestamp()))
    signature = _EC.sign(moment.encode() + body, ec.ECDSA(SHA256()))
    return {
        "x-twilio-email-event-webhook-signature": b64encode(signature).decode(),
        "x-twilio-email-event-webhook-timestamp": moment,
    }


def _mailgun(event: Mapping[str, Any], reference: str | None, now: datetime) -> tuple[dict[str, str], bytes]:
    moment, token = str(int(now.timestamp())), md5(json.dumps(event).encode()).hexdigest()
    signature = hmac.new(b"signing", f"{moment}{token}".encode(), "sha256").hexdigest()
    own = {"user-variables": {"hourglass": reference}} if reference else {}
    signed = {"timestamp": moment, "token": token, "signature": signature}
    return {}, json.dumps({"signature": signed, "event-data": {**event, **own}}).encode()


def _postmark(event: Mapping[str, Any], reference: str | None, now: datetime) -> tuple[dict[str, str], bytes]:
    own = {"Metadata": {"hourglass": reference}} if reference else {}
    login = b64encode(b"hourglass:password").decode()
    return {"authorization": f"Basic {login}"}, json.dumps({**event, **own}).encode()


def _unisender(event: Mapping[str, Any], reference: str | None, now: datetime) -> tuple[dict[str, str], bytes]:
    own = {"metadata": {"hourglass": reference}} if reference else {}
    told = {"auth": "api-key", "events_by_user": [{"user_id": 1, "events": [
        {"event_name": "transactional_email_status", "event_data": {**event, **own}}]}]}  # fmt: skip
    body = json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
    return {}, body.replace(b"api-key", md5(body).hexdigest().encode(), 1)


def _amazon(event: Mapping[str, Any], reference: str | None, now: datetime) -> tuple[dict[str, str], bytes]:
    mail = {**event.get("mail", {}), **({"tags": {"hourglass": [reference]}} if reference else {})}
    message = json.dumps({**event, "mail": mail})
    return {}, sns({"Type": "Notification", "Message": message, "MessageId": md5(message.encode()).hexdigest()})


def sns(told: Mapping[str, str], version: str = "2", topic: str = TOPIC, certificate: str = CERTIFICATE) -> bytes:
    """An envelope of SNS, signed over the fields that AWS names, in their order."""
    whole = {"TopicArn": topic, "Timestamp": "2026-03-01T12:00:00.000Z", **told}
    names = ("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
    text = "".join(f"{name}\n{whole[name]}\n" for name in names if name in whole)
    signature = _RSA.sign(text.encode(), PKCS1v15(), SHA256() if version == "2" else SHA1())
    extra = {"SignatureVersion": version, "Signature": b64encode(signature).decode(), "SigningCertURL": certificate}
    return json.dumps({**whole, **extra}).encode()


CALLS: dict[str, Callable[[Mapping[str, Any], str | None, datetime], tuple[dict[str, str], bytes]]] = {
    "amazon_ses": _amazon,
    "sendgrid": _sendgrid,
    "mailgun": _mailgun,
    "postmark": _postmark,
    "unisender_go": _unisender,
}
