"""Messages as pages show them: how many in which state and why, the latest, and those of one person."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hourglass.kernel import ProfileId, WorkspaceId
from hourglass.messages.gate.reasons import words_of
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("report.sql"))


class ReasonCount(Struct, frozen=True, kw_only=True):
    """How many messages have one reason, in words."""

    reason: str
    count: int
    words: dict[str, str]


class MessageCounts(Struct, frozen=True, kw_only=True):
    """Messages made since a moment, by state; `queued` are all that wait now. `opened` and `clicked` count messages."""

    sent: int = 0
    queued: int = 0
    failed: int = 0
    unknown: int = 0
    withheld: int = 0
    opened: int = 0
    clicked: int = 0
    bounced: int = 0
    by_reason: list[ReasonCount] = []


class MessageLine(Struct, frozen=True, kw_only=True):
    """One message. `at`: when it left, else when it was made."""

    id: int
    at: datetime
    profile_id: int
    name: str
    channel: str
    template: str
    subject: str | None
    state: str
    reason: str | None
    detail: str | None
    opened_at: datetime | None
    clicked_at: datetime | None
    bounced_at: datetime | None
    words: dict[str, str] | None = None


class _Group(Struct, frozen=True):
    state: str
    reason: str | None
    messages: int
    opened: int
    clicked: int
    bounced: int


def counts(tx: Transaction, workspace_id: WorkspaceId, since: datetime | None = None) -> MessageCounts:
    """Messages by state and reason; of all times when `since` is None."""
    groups = _queries.rows(tx, "counts", _Group, workspace_id=workspace_id, since=since)
    states = {
        state: sum(one.messages for one in groups if one.state == state) for state in {one.state for one in groups}
    }
    reasons: dict[str, int] = {}
    for one in groups:
        if one.reason is not None:
            reasons[one.reason] = reasons.get(one.reason, 0) + one.messages
    return MessageCounts(
        sent=states.get("sent", 0),
        queued=states.get("queued", 0) + states.get("claimed", 0),
        failed=states.get("failed", 0),
        unknown=states.get("unknown", 0),
        withheld=states.get("withheld", 0),
        opened=sum(one.opened for one in groups),
        clicked=sum(one.clicked for one in groups),
        bounced=sum(one.bounced for one in groups),
        by_reason=[
            ReasonCount(reason=reason, count=count, words=words_of(reason) or {})
            for reason, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    )


def recent(tx: Transaction, workspace_id: WorkspaceId, limit: int = 50) -> list[MessageLine]:
    """The latest messages, newest first."""
    return _worded(_queries.rows(tx, "recent", MessageLine, workspace_id=workspace_id, limit=limit))


def of_profile(
    tx: Transaction, workspace_id: WorkspaceId, profile_id: ProfileId, before: datetime | None = None, limit: int = 50
) -> list[MessageLine]:
    """The messages of one person, newest first, the not-sent ones with their reason."""
    rows = _queries.rows(
        tx, "of_profile", MessageLine, workspace_id=workspace_id, profile_id=profile_id, before=before, limit=limit
    )
    return _worded(rows)


def per_minute(tx: Transaction, workspace_id: WorkspaceId, since: datetime, now: datetime) -> dict[datetime, int]:
    """How many messages left in each minute."""
    return dict(_queries.tuples(tx, "per_minute", workspace_id=workspace_id, since=since, now=now))


def _worded(lines: list[MessageLine]) -> list[MessageLine]:
    return [replace(line, words=words_of(line.reason)) for line in lines]
