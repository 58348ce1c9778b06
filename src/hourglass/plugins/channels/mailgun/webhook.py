"""Reads Mailgun's webhooks: one event a call, signed by HMAC over a time and a token that is good once."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from hourglass.channels import (
    REFERENCE,
    Call,
    Feedback,
    FeedbackKind,
    Fetch,
    Heard,
    Listener,
    is_permanent,
    read_reference,
)
from hourglass.kernel import Malformed, Unauthorised
from hourglass.plugins.channels.mailgun.settings import MailgunSettings

_OLDEST = timedelta(hours=24)  # Mailgun goes on trying for eight
_KINDS = {
    "delivered": FeedbackKind.DELIVERED,
    "accepted": FeedbackKind.DEFERRED,
    "failed": FeedbackKind.BOUNCED,
    "rejected": FeedbackKind.BOUNCED,
    "opened": FeedbackKind.OPENED,
    "clicked": FeedbackKind.CLICKED,
    "unsubscribed": FeedbackKind.UNSUBSCRIBED,
    "complained": FeedbackKind.COMPLAINED,
}
# Mailgun did not try: the address stands on a list of its own.
_SUPPRESSED = {
    "suppress-complaint": FeedbackKind.COMPLAINED,
    "suppress-unsubscribe": FeedbackKind.UNSUBSCRIBED,
}
_DEAD = frozenset({"bounce", "suppress-bounce"})


class _Signature(Struct, frozen=True):
    timestamp: str
    token: str
    signature: str


class _Status(Struct, frozen=True, kw_only=True):
    message: str | None = None
    description: str | None = None


class _Reject(Struct, frozen=True):
    reason: str = ""


class _Client(Struct, frozen=True):
    user_agent: str = msgspec.field(name="user-agent", default="")


class _Event(Struct, frozen=True, kw_only=True, rename="kebab"):
    event: str = ""
    id: str = ""
    timestamp: float = 0
    severity: str = ""
    reason: str = ""
    url: str = ""
    ip: str | None = None
    user_variables: dict[str, Any] | None = None
    delivery_status: _Status | None = None
    reject: _Reject | None = None
    client_info: _Client | None = None


class _Payload(Struct, frozen=True, kw_only=True, rename="kebab"):
    signature: _Signature
    event_data: _Event


class MailgunListener:
    """Believes what is signed with the webhook key of the settings."""

    def __init__(self, settings: MailgunSettings) -> None:
        self._key = settings.webhook_key

    async def read(self, call: Call) -> Heard:
        """The news of one call. The signature does not cover the event, so its token is good for one body only."""
        if self._key is None:
            raise Unauthorised("The channel has no `webhook_key`: Mailgun calls it HTTP webhook signing key.")
        try:
            told = msgspec.json.decode(call.body, type=_Payload, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Malformed(f"This is no event of Mailgun: {error}.") from error
        signature = told.signature
        wanted = hmac.new(self._key.reveal().encode(), f"{signature.timestamp}{signature.token}".encode(), "sha256")
        if not hmac.compare_digest(wanted.hexdigest(), signature.signature.lower()):
            raise Unauthorised("The signature is not Mailgun's.")
        if (
            not signature.timestamp.isdecimal()
            or abs(call.now.timestamp() - int(signature.timestamp)) > _OLDEST / _SECOND
        ):
            raise Unauthorised("The signature is too old.")
        return Heard(feedback=[_feedback(told.event_data, signature.token)], once=signature.token)


_SECOND = timedelta(seconds=1)


def _feedback(event: _Event, token: str) -> Feedback:
    kind = _SUPPRESSED.get(event.reason, _KINDS.get(event.event, FeedbackKind.UNKNOWN))
    if event.event == "failed" and event.severity == "temporary":
        kind = FeedbackKind.DEFERRED
    words = _words(event)
    hard = event.event == "failed" and event.reason in _DEAD
    return Feedback(
        reference=read_reference((event.user_variables or {}).get(REFERENCE)),
        event_id=event.id or token,
        kind=kind,
        at=datetime.fromtimestamp(event.timestamp, UTC),
        detail=words,
        permanent=kind is FeedbackKind.BOUNCED and event.event == "failed" and is_permanent(hard, "", words),
        url=event.url,
        ip=event.ip or "",
        user_agent=event.client_info.user_agent if event.client_info else "",
    )


def _words(event: _Event) -> str:
    status = event.delivery_status or _Status()
    rejected = event.reject.reason if event.reject else ""
    return status.message or status.description or rejected or event.reason


def listen(settings: MailgunSettings, fetch: Fetch) -> Listener:
    """The webhook with these settings."""
    del fetch  # the key stands in the settings
    return MailgunListener(settings)
