"""Is a call really from our topic of Amazon SNS? Signature, certificate from AWS itself, and the topic's own name."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import cast
from urllib.parse import urlsplit

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from msgspec import Struct

from hourglass.channels import Fetch
from hourglass.kernel import Malformed, Unauthorised

_HOST = re.compile(r"sns\.[a-z0-9-]{3,32}\.amazonaws\.com(?:\.cn)?")
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_HASHES = {"1": SHA1, "2": SHA256}
_kept: dict[str, RSAPublicKey] = {}
_MOST = 32


class Envelope(Struct, frozen=True, kw_only=True, rename="pascal"):
    """What SNS wraps around a message."""

    type: str
    message: str
    message_id: str
    topic_arn: str = ""
    timestamp: str = ""
    signature: str = ""
    signature_version: str = "1"
    subject: str | None = None
    token: str = ""
    signing_cert_url: str = msgspec.field(name="SigningCertURL", default="")
    subscribe_url: str = msgspec.field(name="SubscribeURL", default="")


def open_envelope(body: bytes) -> Envelope:
    """The envelope, not looked at yet. Raises Malformed."""
    try:
        return msgspec.json.decode(body, type=Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"This is no message of Amazon SNS: {error}.") from error


async def check(envelope: Envelope, topic: str, fetch: Fetch) -> None:
    """Raises Unauthorised unless the message is from this topic and signed by AWS."""
    if not topic or envelope.topic_arn != topic:
        raise Unauthorised(f"The channel's `topic` is not {envelope.topic_arn}.")
    algorithm = _HASHES.get(envelope.signature_version)
    if algorithm is None:
        raise Unauthorised(f"Signatures of version {envelope.signature_version} are not known.")
    key = await _key(envelope.signing_cert_url, fetch)
    try:
        key.verify(b64decode(envelope.signature), _signed(envelope), PKCS1v15(), algorithm())
    except (InvalidSignature, ValueError) as error:
        raise Unauthorised("The signature is not Amazon's.") from error


async def confirm(envelope: Envelope, fetch: Fetch) -> None:
    """Answer “yes, we want these messages”; only for a checked envelope."""
    if not is_amazon(envelope.subscribe_url):
        raise Unauthorised("The address to confirm at is not Amazon's.")
    await fetch(envelope.subscribe_url)


def is_amazon(url: str) -> bool:
    """Whether an address is one of SNS itself."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and parts.netloc == parts.hostname and bool(_HOST.fullmatch(parts.netloc))
    except ValueError:
        return False


async def _key(url: str, fetch: Fetch) -> RSAPublicKey:
    if not is_amazon(url) or not urlsplit(url).path.endswith(".pem"):
        raise Unauthorised("The certificate is not from Amazon.")
    if url not in _kept:
        try:
            certificate = x509.load_pem_x509_certificate(await fetch(url))
        except ValueError as error:
            raise Unauthorised("What stands at the address of the certificate is none.") from error
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[url] = cast("RSAPublicKey", certificate.public_key())
    return _kept[url]


def _signed(envelope: Envelope) -> bytes:
    names = _NOTIFICATION if envelope.type == "Notification" else _CONFIRMATION
    told = {
        "Message": envelope.message,
        "MessageId": envelope.message_id,
        "Subject": envelope.subject,
        "SubscribeURL": envelope.subscribe_url,
        "Timestamp": envelope.timestamp,
        "Token": envelope.token,
        "TopicArn": envelope.topic_arn,
        "Type": envelope.type,
    }
    return "".join(f"{name}\n{told[name]}\n" for name in names if told[name] is not None).encode()
