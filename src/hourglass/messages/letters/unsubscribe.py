"""A person says no (or yes again) from a message: it counts at once, is proven, and is an event like any other."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from hourglass.kernel import WorkspaceId, fingerprint
from hourglass.messages.letters.gesture import Gesture
from hourglass.messages.letters.letter import Letter
from hourglass.messages.outbox.news import News, tell
from hourglass.postgres import Transaction
from hourglass.profiles import Statement, grant, withdraw


def unsubscribe(
    tx: Transaction, letter: Letter, gesture: Gesture, *, everything: bool, now: datetime, partitions: int
) -> None:
    """No more of this topic, or of anything on this channel. Not left to the log alone: a backlog must not delay it."""
    one = _news("Unsubscribed", letter, gesture, {"topic": None} if everything else {}, now)
    if letter.person is not None:
        said = _said(letter, gesture, None if everything else letter.about.topic, one, now)
        withdraw(tx, WorkspaceId(letter.about.workspace_id), [letter.person], said)
    tell(tx, [one], now, partitions)


def resubscribe(tx: Transaction, letter: Letter, gesture: Gesture, *, now: datetime, partitions: int) -> None:
    """It was a slip: this topic again."""
    one = _news("Subscribed", letter, gesture, {}, now)
    if letter.person is not None:
        said = _said(letter, gesture, letter.about.topic, one, now)
        grant(tx, WorkspaceId(letter.about.workspace_id), [letter.person], said)
    tell(tx, [one], now, partitions)


def _news(name: str, letter: Letter, gesture: Gesture, more: dict[str, Any], now: datetime) -> News:
    return News(
        name=name,
        about=letter.about,
        at=now,
        more={"source": gesture.way, **more},
        context=gesture.context(),
        mark=f"{now.timestamp():.3f}" + ("-all" if "topic" in more else ""),
    )


def _said(letter: Letter, gesture: Gesture, topic: str | None, one: News, now: datetime) -> Statement:
    # By the id of its event: what is written down here is not written down again when that comes round.
    event = UUID(fingerprint(one.message_id))
    return gesture.says(letter.about.channel, topic, now, event, message_id=letter.about.id)
