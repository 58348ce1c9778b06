"""Dead letters: events that could not be processed, kept with the reason until someone has mended it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from hourglass.events import Dropped, resealed
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.log.store import append, queries
from hourglass.postgres import Transaction

_AT_ONCE = 10_000
_LATEST = 2**63 - 1


class Letter(Struct, frozen=True, kw_only=True):
    """One refused event."""

    id: int
    received_at: datetime
    failed_at: datetime
    reason: str
    detail: str
    payload: bytes
    replayed_at: datetime | None = None


def bury(tx: Transaction, workspace_id: WorkspaceId, dropped: Sequence[Dropped], now: datetime) -> None:
    """Keep what was refused, with the reason."""
    if not dropped:
        return
    queries.execute(
        tx,
        "bury",
        workspace_id=workspace_id,
        now=now,
        received_at=[letter.received_at or now for letter in dropped],
        reasons=[letter.reason for letter in dropped],
        details=[letter.detail.replace("\0", "") for letter in dropped],
        payloads=[letter.envelope for letter in dropped],
    )


def letters(tx: Transaction, workspace_id: WorkspaceId, *, before: int = _LATEST, limit: int = 100) -> list[Letter]:
    """Those that nobody replayed yet, newest first."""
    return queries.rows(tx, "letters", Letter, workspace_id=workspace_id, before=before, limit=limit)


def count_letters(tx: Transaction, workspace_id: WorkspaceId) -> int:
    """How many wait for somebody to mend the cause."""
    return queries.scalar(tx, "count_letters", workspace_id=workspace_id)


def replay(
    tx: Transaction, workspace_id: WorkspaceId, ids: Sequence[int] | None, now: datetime, partitions: int
) -> int:
    """Put letters back into the log (all of them for None); how many. What is no envelope at all stays where it is."""
    found = queries.tuples(
        tx, "letters_to_replay", workspace_id=workspace_id, ids=list(ids or ()), everything=ids is None, limit=_AT_ONCE
    )
    revived = {number: again for number, received_at, payload in found if (again := _again(payload, received_at))}
    append(tx, workspace_id, list(revived.values()), now, partitions)
    queries.execute(tx, "mark_replayed", workspace_id=workspace_id, ids=list(revived), now=now)
    return len(revived)


def _again(payload: bytes, received_at: datetime) -> bytes | None:
    try:
        return resealed(payload, received_at)
    except Malformed:
        return None
