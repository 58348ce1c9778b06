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
from hourglass.profiles import grant, withdraw


def unsubscribe(
    tx: Transaction, letter: Letter, gesture: Gesture, *, everything: bool, now: datetime, partitions: int
) -> None:
    """No more of this topic, or of anything on this channel. Not left to the log alone: a backlog must not delay it."""
    one = _news("Unsubscribed", letter, gesture, {"topic": None} if everything else {}, now)
    if letter.person is not None:
        withdraw(
            tx,
            WorkspaceId(letter.about.workspace_id),
            [letter.person],
            letter.about.channel,
            None if everything else letter.about.topic,
            source=gesture.way,
            now=now,
            proof=gesture.proof(message_id=letter.about.id),
            event=_event(one),
        )
    tell(tx, [one], now, partitions)


def resubscribe(tx: Transaction, letter: Letter, gesture: Gesture, *, now: datetime, partitions: int) -> None:
    """It was a slip: this topic again."""
    one = _news("Subscribed", letter, gesture, {}, now)
    if letter.person is not None:
        grant(
            tx,
            WorkspaceId(letter.about.workspace_id),
            [letter.person],
            letter.about.channel,
            letter.about.topic,
            source=gesture.way,
            now=now,
            proof=gesture.proof(message_id=letter.about.id),
            event=_event(one),
        )
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


def _event(one: News) -> UUID:
    """The id of the event: what is written down here is not written down again when it comes round."""
    return UUID(fingerprint(one.message_id))
