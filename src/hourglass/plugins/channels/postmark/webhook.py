"""Reads Postmark's webhooks: one record a call. Postmark does not sign; a password in the address says who calls."""

from __future__ import annotations

import hmac
from base64 import b64encode
from datetime import UTC, datetime
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
from hourglass.plugins.channels.postmark.settings import PostmarkSettings

_KINDS = {
    "Delivery": FeedbackKind.DELIVERED,
    "Open": FeedbackKind.OPENED,
    "Click": FeedbackKind.CLICKED,
    "SpamComplaint": FeedbackKind.COMPLAINED,
}
_BOUNCES = {
    "HardBounce": FeedbackKind.BOUNCED,
    "BadEmailAddress": FeedbackKind.BOUNCED,
    "SoftBounce": FeedbackKind.BOUNCED,
    "DnsError": FeedbackKind.BOUNCED,
    "Blocked": FeedbackKind.BOUNCED,
    "SpamNotification": FeedbackKind.BOUNCED,
    "DMARCPolicy": FeedbackKind.BOUNCED,
    "SMTPApiError": FeedbackKind.BOUNCED,
    "Undeliverable": FeedbackKind.BOUNCED,
    "ManuallyDeactivated": FeedbackKind.BOUNCED,
    "TemplateRenderingFailed": FeedbackKind.BOUNCED,
    "SpamComplaint": FeedbackKind.COMPLAINED,
    "Unsubscribe": FeedbackKind.UNSUBSCRIBED,
    "Transient": FeedbackKind.DEFERRED,
    "AutoResponder": FeedbackKind.DEFERRED,
    "AddressChange": FeedbackKind.DEFERRED,
    "Subscribe": FeedbackKind.DEFERRED,
}
_SUPPRESSED = {
    "ManualSuppression": FeedbackKind.UNSUBSCRIBED,
    "HardBounce": FeedbackKind.BOUNCED,
    "SpamComplaint": FeedbackKind.COMPLAINED,
}
_DEAD = frozenset({"HardBounce", "BadEmailAddress"})


class _Geo(Struct, frozen=True, rename={"ip": "IP"}):
    ip: str = ""


class _Record(Struct, frozen=True, kw_only=True, rename="pascal"):
    record_type: str
    id: int | str = msgspec.field(name="ID", default="")
    message_id: str = msgspec.field(name="MessageID", default="")
    type: str = ""
    details: str | None = ""
    description: str | None = ""
    metadata: dict[str, Any] | None = None
    suppress_sending: bool = False
    suppression_reason: str | None = None
    original_link: str | None = None
    user_agent: str | None = None
    geo: _Geo | None = None
    delivered_at: str = ""
    bounced_at: str = ""
    received_at: str = ""
    changed_at: str = ""

    @property
    def moment(self) -> str:
        """When it happened, in the field of its kind."""
        return self.delivered_at or self.bounced_at or self.received_at or self.changed_at


class PostmarkListener:
    """Believes who knows the password of the settings."""

    def __init__(self, settings: PostmarkSettings) -> None:
        self._user, self._password = settings.webhook_user, settings.webhook_password

    async def read(self, call: Call) -> Heard:
        """The news of one call."""
        self._check(call)
        try:
            record = msgspec.json.decode(call.body, type=_Record, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Malformed(f"This is no record of Postmark: {error}.") from error
        return Heard(feedback=[_feedback(record, call.now)])

    def _check(self, call: Call) -> None:
        if self._password is None:
            raise Unauthorised(
                "The channel has no `webhook_password`; put one into the address: https://USER:PASSWORD@…"
            )
        wanted = b64encode(f"{self._user}:{self._password.reveal()}".encode()).decode()
        if not hmac.compare_digest(f"Basic {wanted}".encode(), call.headers.get("authorization", "").encode()):
            raise Unauthorised("User name or password of the webhook is wrong.")


def _feedback(record: _Record, now: datetime) -> Feedback:
    kind = _kind(record)
    words = record.details or record.description or record.suppression_reason or ""
    hard = record.type in _DEAD or record.suppression_reason == "HardBounce"
    return Feedback(
        reference=read_reference((record.metadata or {}).get(REFERENCE)),
        event_id="-".join((record.record_type, str(record.id), record.message_id, record.type, record.moment)),
        kind=kind,
        at=_moment(record.moment, now),
        detail=words,
        permanent=kind is FeedbackKind.BOUNCED and is_permanent(hard, "", words),
        url=record.original_link or "",
        ip=record.geo.ip if record.geo else "",
        user_agent=record.user_agent or "",
    )


def _kind(record: _Record) -> FeedbackKind:
    if record.record_type == "Bounce":
        return _BOUNCES.get(record.type, FeedbackKind.UNKNOWN)
    if record.record_type == "SubscriptionChange":
        if not record.suppress_sending:
            return FeedbackKind.DEFERRED  # back on Postmark's list; only the person's own yes counts for us
        return _SUPPRESSED.get(record.suppression_reason or "", FeedbackKind.UNKNOWN)
    return _KINDS.get(record.record_type, FeedbackKind.UNKNOWN)


def _moment(text: str, now: datetime) -> datetime:
    """ISO 8601 with seven decimals; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return now
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def listen(settings: PostmarkSettings, fetch: Fetch) -> Listener:
    """The webhook with these settings."""
    del fetch  # nothing is signed
    return PostmarkListener(settings)
