"""What a crash left behind: messages that some worker had claimed and no living one holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import SystemRandom

import structlog

from hourglass.kernel import Settings
from hourglass.messages.delivery.attempts import Attempt, Patience, in_doubt, resolve
from hourglass.messages.delivery.journal import Notes, living, orphans
from hourglass.messages.delivery.outcome import Resolved
from hourglass.messages.delivery.record import record
from hourglass.messages.outbox.fall_back import fall_back_stuck
from hourglass.postgres import Database, Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
_say = structlog.get_logger(__name__)
_CHANCE = SystemRandom()
_LEASE = timedelta(minutes=15)


def mend(
    database: Database, folder: Path, channels: Iterable[str], now: datetime, settings: Settings, patience: Patience
) -> None:
    """Everything that a worker looks after besides its own messages."""
    settle_orphans(database, folder, now, settings.partitions, patience)
    with database.transaction() as tx:
        # A worker on another machine claimed these long ago: nobody here can know whether they left.
        _queries.execute(tx, "give_up_abandoned", before=now - _LEASE, living=living(folder))
        _queries.execute(tx, "note_missing_providers", channels=list(channels), now=now)
        fall_back_stuck(tx, now)


def settle_orphans(database: Database, folder: Path, now: datetime, partitions: int, patience: Patience) -> int:
    """Decide about the messages of every dead worker whose journal is in this folder; how many they were."""
    total = 0
    for path, notes in orphans(folder):
        with database.transaction() as tx:
            total += _settle(tx, notes, now, partitions, patience)
        path.unlink(missing_ok=True)
    return total


def _settle(tx: Transaction, notes: Notes, now: datetime, partitions: int, patience: Patience) -> int:
    resolved = [_decide(attempt, notes, now, patience, withheld) for attempt, withheld in _held(tx, notes)]
    if resolved:
        states = {
            state: sum(one.state == state for one in resolved) for state in ("queued", "sent", "unknown", "failed")
        }
        _say.warning("messages_of_a_dead_worker", **states)
    return record(tx, notes.worker, resolved, now, partitions)


def _decide(attempt: Attempt, notes: Notes, now: datetime, patience: Patience, withheld: bool) -> Resolved:
    receipt = notes.answered.get(attempt.id)
    if receipt is not None:
        return resolve(attempt, receipt, now, patience, _CHANCE)
    if attempt.id in notes.begun or not notes.complete:
        # What was withheld meanwhile is not tried again: it may have left.
        fate = "leave" if withheld else notes.begun.get(attempt.id, "leave")
        return in_doubt(attempt, fate, "crashed_while_sending", None, now, patience, _CHANCE)
    if attempt.number >= patience.attempts:
        return attempt.becomes("failed", now, "crashed_too_often")
    return attempt.waits(now, now, "crashed_before_sending", forgiven=False)


def _held(tx: Transaction, notes: Notes) -> list[tuple[Attempt, bool]]:
    """What the worker had in hand, and whether it was withheld meanwhile."""
    noted = sorted(notes.begun.keys() | notes.answered.keys())
    rows = _queries.tuples(tx, "held_by", worker=notes.worker, noted=noted)
    return [(Attempt(workspace_id=row[0], id=row[1], number=row[2]), row[3]) for row in rows]
