"""Reads SendGrid's Event Webhook: a JSON array, signed with ECDSA over time and body."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from msgspec import Struct

from hourglass.channels import Call, Feedback, FeedbackKind, Fetch, Heard, Listener, is_permanent, read_reference
from hourglass.kernel import Malformed, Unauthorised
from hourglass.plugins.channels.sendgrid.settings import SendGridSettings

_SIGNATURE = "x-twilio-email-event-webhook-signature"
_TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
_KINDS = {
    "delivered": FeedbackKind.DELIVERED,
    "bounce": FeedbackKind.BOUNCED,
    "blocked": FeedbackKind.BOUNCED,
    "dropped": FeedbackKind.BOUNCED,
    "deferred": FeedbackKind.DEFERRED,
    "processed": FeedbackKind.DEFERRED,
    "open": FeedbackKind.OPENED,
    "click": FeedbackKind.CLICKED,
    "spamreport": FeedbackKind.COMPLAINED,
    "unsubscribe": FeedbackKind.UNSUBSCRIBED,
    "group_unsubscribe": FeedbackKind.UNSUBSCRIBED,
}
_DROPPED = {
    "Spam Reporting Address": FeedbackKind.COMPLAINED,
    "Unsubscribed Address": FeedbackKind.UNSUBSCRIBED,
}
_DEAD = frozenset({"Bounced Address", "Invalid"})


class _Event(Struct, frozen=True, kw_only=True):
    event: str = ""
    timestamp: float = 0
    sg_event_id: str = ""
    hourglass: str = ""
    type: str = ""
    status: str = ""
    reason: str = ""
    response: str = ""
    url: str = ""
    ip: str = ""
    useragent: str = ""


class SendGridListener:
    """Believes what is signed with the key of the settings."""

    def __init__(self, settings: SendGridSettings) -> None:
        self._key = settings.webhook_key

    async def read(self, call: Call) -> Heard:
        """The news of one call."""
        self._check(call)
        try:
            events = msgspec.json.decode(call.body, type=list[msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Malformed(f"This is no list of SendGrid's events: {error}.") from error
        return Heard(feedback=[_feedback(_read(event)) for event in events])

    def _check(self, call: Call) -> None:
        if not self._key:
            raise Unauthorised("The channel has no `webhook_key`: SendGrid shows it beside the signed Event Webhook.")
        try:
            key = load_der_public_key(b64decode(self._key))
            signature = b64decode(call.headers.get(_SIGNATURE, ""))
            if not isinstance(key, ec.EllipticCurvePublicKey):
                raise Unauthorised("`webhook_key` is no key of SendGrid's webhook.")
            key.verify(signature, call.headers.get(_TIMESTAMP, "").encode() + call.body, ec.ECDSA(SHA256()))
        except (InvalidSignature, ValueError) as error:
            raise Unauthorised("The signature is not SendGrid's.") from error


def _read(event: msgspec.Raw) -> _Event:
    """One that is not as described is of no kind that we know, and does not stop the others."""
    try:
        return msgspec.json.decode(event, type=_Event, strict=False)
    except msgspec.ValidationError:
        return _Event()


def _feedback(event: _Event) -> Feedback:
    kind = _KINDS.get(event.event, FeedbackKind.UNKNOWN)
    if event.event == "dropped":
        kind = _DROPPED.get(event.reason, kind)
    words = event.reason or event.response
    if event.event == "dropped":  # SendGrid did not try: the address stands on a list of its own
        permanent = kind is FeedbackKind.BOUNCED and event.reason in _DEAD
    else:
        hard = event.event == "bounce" and event.type != "blocked"
        permanent = kind is FeedbackKind.BOUNCED and is_permanent(hard, event.status, words)
    return Feedback(
        reference=read_reference(event.hourglass),
        event_id=event.sg_event_id,
        kind=kind,
        at=datetime.fromtimestamp(event.timestamp, UTC),
        detail=words,
        permanent=permanent,
        url=event.url,
        ip=event.ip,
        user_agent=event.useragent,
    )


def listen(settings: SendGridSettings, fetch: Fetch) -> Listener:
    """The webhook with these settings."""
    del fetch  # the key stands in the settings
    return SendGridListener(settings)
