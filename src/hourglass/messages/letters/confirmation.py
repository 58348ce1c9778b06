"""Double opt-in: the message that asks for it, and the yes on its page."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.messages.content.own import CONFIRM
from hourglass.messages.letters.announce import announce, word
from hourglass.messages.letters.gesture import Gesture
from hourglass.messages.letters.subscriber import Subscriber, of_message
from hourglass.messages.letters.topic import read_topic
from hourglass.messages.tracking.tokens import Token
from hourglass.postgres import Database, Queries, Transaction
from hourglass.profiles import Request, confirm, find_request

_queries = Queries(Path(__file__).with_name("confirmation.sql"))
_MOST = 500


class Asked(Struct, frozen=True, kw_only=True):
    """What stands on the page: who is asked about what, and whether it may still be answered."""

    subscriber: Subscriber
    request: Request
    topic: str
    state: Literal["open", "confirmed", "expired"]


async def ask_for_confirmations(database: Database, now: datetime) -> int:
    """Put the messages that ask for a confirmation into the outbox; how many."""
    return await asyncio.to_thread(_ask, database, now)


def find_asked(tx: Transaction, token: Token, now: datetime) -> Asked | None:
    """What the message of a token asks for; None when it is gone."""
    place = {"workspace_id": token.workspace_id, "id": token.message_id}
    number = _queries.scalar(tx, "request_of", **place)
    subscriber = of_message(tx, token.workspace_id, token.message_id)
    asked = None if number is None else find_request(tx, WorkspaceId(token.workspace_id), int(number))
    if subscriber is None or asked is None:
        return None
    state = "confirmed" if asked.confirmed_at else "expired" if asked.expires_at <= now else "open"
    body = _queries.scalar(tx, "topic", workspace_id=token.workspace_id, key=asked.topic)
    topic = asked.topic if body is None else read_topic(body).called(subscriber.language)
    return Asked(subscriber=subscriber, request=asked, topic=topic, state=state)


def agree(tx: Transaction, asked: Asked, gesture: Gesture, now: datetime, partitions: int) -> bool:
    """The person confirms: from now on it counts. False when it was too late."""
    who, request = asked.subscriber, asked.request
    told = word("Subscribed", channel=request.channel, topic=request.topic, source=request.source, confirmed=True)
    how = {"way": gesture.way, "at": now.isoformat(), "ip": gesture.ip, "user_agent": gesture.user_agent}
    if not confirm(tx, who.workspace_id, request, how, now, told.event):
        return False
    announce(tx, who.workspace_id, who.person, [told], gesture.context(), now, partitions)
    return True


def _ask(database: Database, now: datetime) -> int:
    with database.transaction() as tx:
        asked = _queries.execute(tx, "ask", template=CONFIRM, now=now, most=_MOST)
        if asked:
            _queries.tuples(tx, "notify_outbox")
    return asked
