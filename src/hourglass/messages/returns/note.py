"""What came back becomes news: an event in the log for each, and a line for people to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from hourglass.channels import FeedbackKind
from hourglass.messages.letters.gesture import Gesture
from hourglass.messages.letters.letter import find_letter
from hourglass.messages.letters.unsubscribe import unsubscribe
from hourglass.messages.outbox.news import About, News, tell
from hourglass.messages.returns.returned import Returned
from hourglass.messages.tracking.tokens import Token
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("note.sql"))
_say = structlog.get_logger(__name__)
_KEPT = timedelta(days=90)
_NAMES = {
    FeedbackKind.BOUNCED: "Message Bounced",
    FeedbackKind.COMPLAINED: "Message Complained",
    FeedbackKind.DELIVERED: "Message Delivered",
}


def note(tx: Transaction, returned: Sequence[Returned], now: datetime, partitions: int) -> int:
    """Tell the log, and keep a line of each; how many were about messages that had left.

    Hard bounces and complaints suppress the address when their event is processed, like all news of providers.
    """
    if not returned:
        return 0
    keys = {"workspace_ids": [one.workspace_id for one in returned], "ids": [one.message_id for one in returned]}
    about = {(one.workspace_id, one.id): one for one in _queries.rows(tx, "about", About, **keys)}
    known = [one for one in returned if (one.workspace_id, one.message_id) in about]
    _keep(tx, known)
    news = [_news(one, about[one.workspace_id, one.message_id]) for one in known if _is_news(one)]
    tell(tx, news, now, partitions)
    for one in known:
        if one.kind is FeedbackKind.UNSUBSCRIBED:
            _leave(tx, one, now, partitions)
    for one in known:
        if one.alarming:
            _say.warning("mail_not_welcome", workspace=one.workspace_id, status=one.status, said=one.said)
    return len(known)


def forget(tx: Transaction, now: datetime) -> None:
    """Lines are kept for 90 days; events stay."""
    _queries.execute(tx, "forget", before=now - _KEPT)


def _is_news(one: Returned) -> bool:
    return one.kind in _NAMES and not one.silent


def _news(one: Returned, about: About) -> News:
    """A later hard bounce is told beside an earlier soft one."""
    sort = one.sort.value if one.sort else ""
    more: dict[str, Any] = {
        "permanent": one.permanent,
        "why": one.said,
        "status": one.status or None,
        "bounce": sort or None,
    }
    mark = sort if one.kind is FeedbackKind.BOUNCED and not one.permanent else ""
    return News(name=_NAMES[one.kind], about=about, at=one.at, more=more, mark=mark)


def _leave(tx: Transaction, one: Returned, now: datetime, partitions: int) -> None:
    """One at a time: it is rare, and each is a proof of its own. Said again, it changes nothing."""
    letter = find_letter(tx, Token(workspace_id=one.workspace_id, message_id=one.message_id))
    if letter is not None and not letter.withdrawn:
        gesture = Gesture(way="mail", ip=None, user_agent=None)
        unsubscribe(tx, letter, gesture, everything=False, now=now, partitions=partitions)


def _keep(tx: Transaction, known: Sequence[Returned]) -> None:
    _queries.execute(
        tx,
        "keep",
        workspace_ids=[one.workspace_id for one in known],
        ids=[one.message_id for one in known],
        ats=[one.at for one in known],
        kinds=[one.kind.value for one in known],
        sorts=[one.sort.value if one.sort else "" for one in known],
        statuses=[one.status for one in known],
        saids=[one.said.replace("\0", "") for one in known],
    )
