"""Reads Unisender Go's webhooks: several events a call or one; signed by MD5 over the body with the key in it."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import md5
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
from hourglass.kernel import Malformed, Unauthorised, fingerprint
from hourglass.plugins.channels.unisender_go.settings import UnisenderGoSettings

_AUTH = re.compile(rb'("auth"\s*:\s*")([0-9a-f]{32})(")')
_STATUS = "transactional_email_status"
_KINDS = {
    "sent": FeedbackKind.DEFERRED,
    "delivered": FeedbackKind.DELIVERED,
    "opened": FeedbackKind.OPENED,
    "clicked": FeedbackKind.CLICKED,
    "hard_bounced": FeedbackKind.BOUNCED,
    "soft_bounced": FeedbackKind.DEFERRED,
    "spam": FeedbackKind.COMPLAINED,
    "unsubscribed": FeedbackKind.UNSUBSCRIBED,
    "subscribed": FeedbackKind.DEFERRED,
}
# `spam` with these words is the other side's filter and nobody's complaint.
_FILTERED = frozenset({"err_spam_rejected", "err_spam_skipped", "err_blacklisted"})
_DEAD = frozenset({"err_user_unknown", "err_user_inactive", "err_domain_inactive", "err_mailbox_discarded"})


class _Info(Struct, frozen=True, kw_only=True):
    delivery_status: str = ""
    destination_response: str = ""
    user_agent: str = ""
    ip: str = ""


class _News(Struct, frozen=True, kw_only=True):
    event_name: str = _STATUS
    job_id: str = ""
    email: str = ""
    status: str = ""
    event_time: str = ""
    url: str = ""
    metadata: dict[str, Any] = {}
    delivery_info: _Info = _Info()


class _Event(Struct, frozen=True, kw_only=True):
    event_name: str = ""
    event_data: msgspec.Raw = msgspec.Raw(b"{}")


class _User(Struct, frozen=True, kw_only=True):
    events: list[_Event] = []


class _Payload(Struct, frozen=True, kw_only=True):
    events_by_user: list[_User]


class UnisenderGoListener:
    """Believes what is signed with the API key of the settings."""

    def __init__(self, settings: UnisenderGoSettings) -> None:
        self._key = settings.api_key

    async def read(self, call: Call) -> Heard:
        """The news of one call."""
        self._check(call.body)
        try:
            news = list(_news(call.body))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Malformed(f"This is no event of Unisender Go: {error}.") from error
        return Heard(feedback=[_feedback(one, call.now) for one in news if one.event_name == _STATUS])

    def _check(self, body: bytes) -> None:
        """The sum is made with the key where it stands itself, over the body as it is."""
        found = _AUTH.search(body)
        if found is None:
            raise Unauthorised("The call is not signed.")
        told = body[: found.start(2)] + self._key.reveal().encode() + body[found.end(2) :]
        if not hmac.compare_digest(md5(told, usedforsecurity=False).hexdigest().encode(), found[2]):
            raise Unauthorised("The signature is not Unisender Go's.")


def _news(body: bytes) -> Iterator[_News]:
    if b'"events_by_user"' not in body:
        yield msgspec.json.decode(body, type=_News, strict=False)
        return
    for user in msgspec.json.decode(body, type=_Payload, strict=False).events_by_user:
        for event in user.events:
            yield msgspec.structs.replace(_read(event.event_data), event_name=event.event_name)


def _read(event: msgspec.Raw) -> _News:
    """One that is not as described is of no kind that we know, and does not stop the others."""
    try:
        return msgspec.json.decode(event, type=_News, strict=False)
    except msgspec.ValidationError:
        return _News()


def _feedback(one: _News, now: datetime) -> Feedback:
    info = one.delivery_info
    kind = _KINDS.get(one.status, FeedbackKind.UNKNOWN)
    if kind is FeedbackKind.COMPLAINED and info.delivery_status in _FILTERED:
        kind = FeedbackKind.BOUNCED
    hard = one.status == "hard_bounced" and info.delivery_status in _DEAD
    return Feedback(
        reference=read_reference(one.metadata.get(REFERENCE)),
        event_id=fingerprint(f"{one.job_id} {one.email} {one.status} {one.event_time} {one.url}"),
        kind=kind,
        at=_moment(one.event_time, now),
        detail=info.destination_response or info.delivery_status,
        permanent=kind is FeedbackKind.BOUNCED and (hard or is_permanent(False, "", info.destination_response)),
        url=one.url,
        ip=info.ip,
        user_agent=info.user_agent,
    )


def _moment(text: str, now: datetime) -> datetime:
    """`2024-09-06 23:14:19`, in UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return now


def listen(settings: UnisenderGoSettings, fetch: Fetch) -> Listener:
    """The webhook with these settings."""
    del fetch  # the key stands in the settings
    return UnisenderGoListener(settings)
