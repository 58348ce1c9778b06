"""Hits are kept for some seconds, judged together with those around them, and told as events that say who it was."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from msgspec import Struct

from hourglass.kernel import Clock, Settings, Unavailable
from hourglass.messages.outbox.news import About, News, tell
from hourglass.messages.tracking.hit import Hit, HitKind
from hourglass.messages.tracking.judge import NEAR, judge
from hourglass.postgres import Database, Queries, Transaction

_queries = Queries(Path(__file__).with_name("hits.sql"))
_say = structlog.get_logger(__name__)
WAIT = timedelta(seconds=8)
"""How long a hit waits for those that would show it was a machine."""
_KEPT = timedelta(hours=1)
_MOST_OF_ONE = 300
_BATCH = 500
_LOOK = 2.0
_NAMES: dict[HitKind, str] = {"open": "Message Opened", "click": "Message Clicked", "trap": "Message Clicked"}


class _Waiting(Struct, frozen=True, kw_only=True):
    workspace_id: int
    message_id: int
    told: bool
    due: bool
    id: int
    kind: HitKind
    at: datetime
    method: str
    url: str
    ip: str
    user_agent: str
    sent_at: datetime | None
    profile_id: int
    channel: str
    template: str
    topic: str
    proof: UUID
    journey: str | None
    campaign: str | None

    def hit(self) -> Hit:
        return Hit(id=self.id, kind=self.kind, at=self.at, method=self.method, url=self.url, ip=self.ip,
                   user_agent=self.user_agent)  # fmt: skip

    def about(self) -> About:
        return About(workspace_id=self.workspace_id, id=self.message_id, profile_id=self.profile_id,
                     channel=self.channel, template=self.template, topic=self.topic, proof=self.proof,
                     journey=self.journey, campaign=self.campaign)  # fmt: skip


def note_hit(tx: Transaction, workspace_id: int, message_id: int, hit: Hit) -> None:
    """Keep a hit on a message of ours; after three hundred within an hour, more tell nothing new and are not kept."""
    _queries.execute(
        tx,
        "note",
        workspace_id=workspace_id,
        message_id=message_id,
        kind=hit.kind,
        at=hit.at,
        method=hit.method,
        url=hit.url.replace("\0", "")[:2000],
        ip=hit.ip.replace("\0", "")[:100],
        user_agent=hit.user_agent.replace("\0", "")[:500],
        most=_MOST_OF_ONE,
    )


def tell_hits(tx: Transaction, now: datetime, partitions: int, wait: timedelta = WAIT) -> int:
    """Judge the hits that have waited long enough and tell the log; how many they were."""
    claimed = _queries.tuples(tx, "claim", before=now - wait, limit=_BATCH)
    if not claimed:
        return 0
    ids = [row[0] for row in claimed]
    rows = _queries.rows(tx, "around", _Waiting, ids=ids)
    by_message: dict[tuple[int, int], list[_Waiting]] = defaultdict(list)
    for row in rows:
        by_message[row.workspace_id, row.message_id].append(row)
    news = [one for its in by_message.values() for one in _news(its)]
    tell(tx, news, now, partitions)
    _queries.execute(tx, "done", ids=ids)
    _queries.execute(tx, "forget", before=now - _KEPT - NEAR)
    return len(ids)


async def run_hits(database: Database, clock: Clock, settings: Settings) -> None:
    """Tell hits until cancelled. On a demo clock a moment is shorter, and so is the wait."""
    while True:
        try:
            told = await asyncio.to_thread(_once, database, clock, settings)
        except Unavailable as error:
            _say.warning("hits_wait", reason=error.sentence)
            told = 0
        except Exception:  # noqa: BLE001 - whatever goes wrong, the hits stay and are judged at the next look
            _say.exception("hits_wait")
            told = 0
        if told < _BATCH:
            await asyncio.sleep(_LOOK)


def _once(database: Database, clock: Clock, settings: Settings) -> int:
    with database.transaction() as tx:
        return tell_hits(tx, clock.now(), settings.partitions, WAIT * clock.pace())


def _news(its: Sequence[_Waiting]) -> list[News]:
    """Of all hits on one message, the events of those that are due."""
    judged = judge([row.hit() for row in its], its[0].sent_at)
    return [_told(row, by) for row, by in zip(its, judged, strict=True) if row.due]


def _told(row: _Waiting, by: str) -> News:
    more: dict[str, Any] = {"by": by}
    if row.url:
        more["url"] = row.url
    context = {name: value for name, value in (("ip", row.ip), ("userAgent", row.user_agent)) if value}
    return News(name=_NAMES[row.kind], about=row.about(), at=row.at, more=more, context=context, mark=f"h{row.id}")
