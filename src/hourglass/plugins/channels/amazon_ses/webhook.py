"""Reads the events of Amazon SES as SNS posts them: of a configuration set, or feedback notifications."""

from __future__ import annotations

from datetime import datetime

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
from hourglass.kernel import Malformed
from hourglass.plugins.channels.amazon_ses.settings import AmazonSesSettings
from hourglass.plugins.channels.amazon_ses.sns import Envelope, check, confirm, open_envelope

_KINDS = {
    "Send": FeedbackKind.DEFERRED,
    "DeliveryDelay": FeedbackKind.DEFERRED,
    "Delivery": FeedbackKind.DELIVERED,
    "Bounce": FeedbackKind.BOUNCED,
    "Reject": FeedbackKind.BOUNCED,
    "Rendering Failure": FeedbackKind.BOUNCED,
    "Complaint": FeedbackKind.COMPLAINED,
    "Open": FeedbackKind.OPENED,
    "Click": FeedbackKind.CLICKED,
    "Subscription": FeedbackKind.UNSUBSCRIBED,
}


class _Mail(Struct, frozen=True, rename="camel"):
    tags: dict[str, list[str]] = {}


class _Recipient(Struct, frozen=True, rename="camel"):
    status: str = ""
    diagnostic_code: str = ""


class _What(Struct, frozen=True, kw_only=True, rename="camel"):
    """The part of an event that is named like its kind."""

    timestamp: str = ""
    bounce_type: str = ""
    bounce_sub_type: str = ""
    bounced_recipients: list[_Recipient] = []
    complaint_feedback_type: str | None = None
    reason: str = ""
    error_message: str = ""
    smtp_response: str = ""
    ip_address: str = ""
    user_agent: str = ""
    link: str = ""


class _Event(Struct, frozen=True, kw_only=True, rename="camel"):
    event_type: str = ""
    notification_type: str = ""
    mail: _Mail = _Mail()
    bounce: _What | None = None
    complaint: _What | None = None
    delivery: _What | None = None
    reject: _What | None = None
    failure: _What | None = None
    open: _What | None = None
    click: _What | None = None
    subscription: _What | None = None

    @property
    def what(self) -> _What:
        """The part that tells of it."""
        parts = (self.bounce, self.complaint, self.delivery, self.reject, self.failure, self.open, self.click)
        return next((part for part in (*parts, self.subscription) if part is not None), _What())


class AmazonSesListener:
    """Believes the topic of the settings, and confirms the subscription of that topic by itself."""

    def __init__(self, settings: AmazonSesSettings, fetch: Fetch) -> None:
        self._topic = settings.topic
        self._fetch = fetch

    async def read(self, call: Call) -> Heard:
        """The news of one call."""
        envelope = open_envelope(call.body)
        await check(envelope, self._topic, self._fetch)
        if envelope.type == "SubscriptionConfirmation":
            await confirm(envelope, self._fetch)
        if envelope.type != "Notification":
            return Heard()
        return Heard(feedback=[_feedback(envelope, _event(envelope), call.now)])


def _event(envelope: Envelope) -> _Event:
    try:
        return msgspec.json.decode(envelope.message, type=_Event)
    except msgspec.DecodeError:
        if envelope.message.startswith("Successfully validated SNS topic"):
            return _Event()
        raise Malformed("This is no event of Amazon SES.", path="Message") from None


def _feedback(envelope: Envelope, event: _Event, now: datetime) -> Feedback:
    kind = _KINDS.get(event.event_type or event.notification_type, FeedbackKind.UNKNOWN)
    what = event.what
    recipient = what.bounced_recipients[0] if what.bounced_recipients else _Recipient()
    words = recipient.diagnostic_code or what.reason or what.error_message or what.smtp_response
    hard = what.bounce_type == "Permanent"
    tags = event.mail.tags.get(REFERENCE) or [""]
    return Feedback(
        reference=read_reference(tags[0]),
        event_id=envelope.message_id,
        kind=kind,
        at=_moment(what.timestamp or envelope.timestamp, now),
        detail=words or " ".join(filter(None, (what.bounce_type, what.bounce_sub_type, what.complaint_feedback_type))),
        permanent=kind is FeedbackKind.BOUNCED and is_permanent(hard, recipient.status, words),
        url=what.link,
        ip=what.ip_address,
        user_agent=what.user_agent,
    )


def _moment(text: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return now
    return moment if moment.tzinfo else now


def listen(settings: AmazonSesSettings, fetch: Fetch) -> Listener:
    """The webhook with these settings."""
    return AmazonSesListener(settings, fetch)
