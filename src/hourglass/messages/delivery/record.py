"""Writing down what became of messages: one statement for the states, the events about them in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from hourglass.channels import Sort
from hourglass.messages.delivery.outcome import Resolved, State
from hourglass.messages.outbox.fall_back import UNFIT, fall_back
from hourglass.messages.outbox.news import About, News, tell
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))


class _Recorded(Struct, frozen=True, kw_only=True):
    workspace_id: int
    id: int
    profile_id: int
    channel: str
    template: str
    topic: str
    state: State
    proof: UUID
    source: str | None
    of_campaign: bool
    tries: int

    def about(self) -> About:
        return About(workspace_id=self.workspace_id, id=self.id, profile_id=self.profile_id, channel=self.channel,
                     template=self.template, topic=self.topic, proof=self.proof,
                     journey=None if self.of_campaign else self.source,
                     campaign=self.source if self.of_campaign else None, tries=self.tries)  # fmt: skip


def record(tx: Transaction, worker: UUID, resolved: Sequence[Resolved], now: datetime, partitions: int) -> int:
    """Note the outcomes of messages that this worker holds; how many still were its to note.

    What its channel cannot bring goes to the next one, where its journey named others.
    """
    if not resolved:
        return 0
    rows = _queries.rows(
        tx,
        "record",
        _Recorded,
        worker=worker,
        workspace_ids=[one.workspace_id for one in resolved],
        ids=[one.id for one in resolved],
        states=[one.state for one in resolved],
        reasons=[one.reason for one in resolved],
        details=[_storable(one.detail) for one in resolved],
        addresses=[_storable(one.address) for one in resolved],
        subjects=[_storable(one.subject) for one in resolved],
        provider_ids=[one.provider_id for one in resolved],
        ats=[one.at for one in resolved],
        not_before=[one.not_before for one in resolved],
        forgiven=[int(one.forgiven) for one in resolved],
        providers=[one.provider for one in resolved],
    )
    by_id = {one.id: one for one in resolved}
    news = [one for row in rows if (one := _news(row, by_id[row.id])) is not None]
    tell(tx, news, now, partitions)
    fall_back(tx, [(one.workspace_id, one.id) for one in resolved if one.reason in UNFIT], now)
    return len(rows)


def _news(row: _Recorded, one: Resolved) -> News | None:
    if one.state == "sent":
        return News(name="Message Sent", about=row.about(), at=one.at)
    if one.invalid_address:
        return _bounced(row, one, Sort.NO_MAILBOX)
    if one.mailbox_full and one.state == "failed":
        return _bounced(row, one, Sort.FULL)  # said while we were there, it means what a mail that comes back does
    if one.state == "failed":
        return News(name="Message Failed", about=row.about(), at=one.at, more={"reason": one.reason})
    return None


def _bounced(row: _Recorded, one: Resolved, sort: Sort) -> News:
    more = {"permanent": sort is Sort.NO_MAILBOX, "why": one.detail, "bounce": sort.value}
    return News(name="Message Bounced", about=row.about(), at=one.at, more=more)


def _storable(text: str | None) -> str | None:
    """PostgreSQL stores no NUL."""
    return None if text is None else text.replace("\0", "")[:1000]
