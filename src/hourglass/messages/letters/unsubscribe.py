"""A person says no (or yes again) from a message: it counts at once, is proven, and is an event like any other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.messages.letters.letter import Letter
from hourglass.messages.outbox.news import News, tell
from hourglass.postgres import Transaction
from hourglass.profiles import Proof, grant, withdraw


class Gesture(Struct, frozen=True, kw_only=True):
    """How it was said: kept as proof."""

    way: str
    """one_click (the mail program's button, RFC 8058) or page."""
    ip: str | None
    user_agent: str | None

    def context(self) -> dict[str, Any]:
        """As events carry it."""
        return {name: value for name, value in (("ip", self.ip), ("userAgent", self.user_agent)) if value}


def unsubscribe(
    tx: Transaction, letter: Letter, gesture: Gesture, *, everything: bool, now: datetime, partitions: int
) -> None:
    """No more of this topic, or of anything on this channel. Not left to the log alone: a backlog must not delay it."""
    if letter.person is not None:
        withdraw(
            tx,
            WorkspaceId(letter.about.workspace_id),
            [letter.person],
            letter.about.channel,
            None if everything else letter.about.topic,
            source=gesture.way,
            now=now,
            proof=_proof(letter, gesture),
        )
    more = {"topic": None} if everything else {}
    _tell(tx, "Unsubscribed", letter, gesture, more, now, partitions)


def resubscribe(tx: Transaction, letter: Letter, gesture: Gesture, *, now: datetime, partitions: int) -> None:
    """It was a slip: this topic again."""
    if letter.person is not None:
        grant(
            tx,
            WorkspaceId(letter.about.workspace_id),
            [letter.person],
            letter.about.channel,
            letter.about.topic,
            source=gesture.way,
            now=now,
            proof=_proof(letter, gesture),
        )
    _tell(tx, "Subscribed", letter, gesture, {}, now, partitions)


def _tell(
    tx: Transaction,
    name: str,
    letter: Letter,
    gesture: Gesture,
    more: dict[str, Any],
    now: datetime,
    partitions: int,
) -> None:
    one = News(
        name=name,
        about=letter.about,
        at=now,
        more={"source": gesture.way, **more},
        context=gesture.context(),
        mark=f"{now.timestamp():.3f}",
    )
    tell(tx, [one], now, partitions)


def _proof(letter: Letter, gesture: Gesture) -> Proof:
    more = {"message_id": letter.about.id, "way": gesture.way}
    return Proof(ip=gesture.ip, user_agent=gesture.user_agent, more=more)
