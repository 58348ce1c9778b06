"""What a provider's webhook told about our messages becomes events in the log; a no counts at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from msgspec import Struct

from hourglass.channels import Feedback, FeedbackKind
from hourglass.kernel import Unauthorised, WorkspaceId, digest, fingerprint
from hourglass.messages.letters.letter import find_letter
from hourglass.messages.letters.unsubscribe import Gesture, unsubscribe
from hourglass.messages.outbox.news import About, News, tell
from hourglass.messages.tracking.hit import Hit, HitKind
from hourglass.messages.tracking.judge import judge
from hourglass.messages.tracking.tokens import Token
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("hear.sql"))
_say = structlog.get_logger(__name__)
_KEPT = timedelta(hours=48)
_NAMES = {
    FeedbackKind.DELIVERED: "Message Delivered",
    FeedbackKind.BOUNCED: "Message Bounced",
    FeedbackKind.COMPLAINED: "Message Complained",
    FeedbackKind.OPENED: "Message Opened",
    FeedbackKind.CLICKED: "Message Clicked",
}
_TOUCHES: dict[FeedbackKind, HitKind] = {FeedbackKind.OPENED: "open", FeedbackKind.CLICKED: "click"}


class Counted(Struct, frozen=True, kw_only=True):
    """What became of the news of one call."""

    told: int
    """Events in the log; a repeat counts here and is one event all the same."""
    strange: int
    """About no message of this workspace and channel."""
    unknown: int
    """Of a kind that we have no word for."""


def hear(
    tx: Transaction,
    workspace_id: WorkspaceId,
    channel: str,
    feedback: Sequence[Feedback],
    now: datetime,
    partitions: int,
) -> Counted:
    """Tell the log. The same news twice is one event: its id is made from the provider's own."""
    about = _about(tx, workspace_id, channel, feedback)
    known = [(one, message) for one in feedback if (message := about.get(_number(one, workspace_id))) is not None]
    news = [_news(one, message) for one, message in known if one.kind in _NAMES]
    tell(tx, news, now, partitions)
    left = [(one, message) for one, message in known if one.kind is FeedbackKind.UNSUBSCRIBED]
    for one, message in left:
        _leave(tx, one, message, now, partitions)
    unknown = sum(one.kind is FeedbackKind.UNKNOWN for one in feedback)
    counted = Counted(told=len(news) + len(left), strange=len(feedback) - len(known), unknown=unknown)
    if counted.strange or counted.unknown:
        kinds = Counter(one.kind.value for one in feedback)
        _say.info("provider_news_left_out", strange=counted.strange, unknown=counted.unknown, kinds=dict(kinds))
    return counted


def use_once(tx: Transaction, workspace_id: WorkspaceId, token: str, body: bytes, now: datetime) -> None:
    """A token may come again with the same body, as a repeat. Raises Unauthorised when it comes with another."""
    whole = digest(body.decode("utf-8", "replace"))
    _queries.execute(tx, "forget_tokens", workspace_id=workspace_id, before=now - _KEPT)
    stands = _queries.scalar(tx, "use_token", workspace_id=workspace_id, token=token, body=whole, now=now)
    if stands != whole:
        raise Unauthorised("The token of this signature was used before.")


def _about(tx: Transaction, workspace_id: WorkspaceId, channel: str, feedback: Sequence[Feedback]) -> dict[int, About]:
    ids = sorted({_number(one, workspace_id) for one in feedback} - {0})
    rows = _queries.rows(tx, "about_all", About, workspace_id=workspace_id, channel=channel, ids=ids) if ids else []
    return {row.id: row for row in rows}


def _number(one: Feedback, workspace_id: WorkspaceId) -> int:
    """The message of this workspace; 0 for none."""
    return one.reference[1] if one.reference and one.reference[0] == workspace_id else 0


def _news(one: Feedback, about: About) -> News:
    more: dict[str, Any] = {}
    if one.kind is FeedbackKind.BOUNCED:
        more = {"permanent": one.permanent, "why": one.detail[:500]}
    if one.kind in _TOUCHES:
        more["by"] = _by(one)
    if one.url:
        more["url"] = one.url
    context = {name: value for name, value in (("ip", one.ip), ("userAgent", one.user_agent)) if value}
    mark = fingerprint(one.event_id)[:16]
    return News(name=_NAMES[one.kind], about=about, at=one.at, more=more, context=context, mark=mark)


def _by(one: Feedback) -> str:
    """The provider followed this itself; all it says is the name of the program."""
    hit = Hit(kind=_TOUCHES[one.kind], at=one.at, url=one.url, ip=one.ip, user_agent=one.user_agent)
    return judge([hit], None)[0]


def _leave(tx: Transaction, one: Feedback, about: About, now: datetime, partitions: int) -> None:
    """One at a time: it is rare, and each is a proof of its own. Said again, it changes nothing."""
    letter = find_letter(tx, Token(workspace_id=about.workspace_id, message_id=about.id))
    if letter is not None and not letter.withdrawn:
        gesture = Gesture(way="provider", ip=one.ip or None, user_agent=one.user_agent or None)
        unsubscribe(tx, letter, gesture, everything=False, now=now, partitions=partitions)
