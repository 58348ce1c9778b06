"""When a batch cannot be processed whole: event by event, each under a savepoint; what fails goes to dead letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import psycopg
import structlog

from hourglass import log
from hourglass.engine.tick import Engine, TickReport
from hourglass.events import Dropped
from hourglass.kernel import Clock, Unavailable, Workspace, WorkspaceId
from hourglass.postgres import Database, Transaction, plan_by_index

_say = structlog.get_logger(__name__)
_envelopes = msgspec.json.Decoder(list[msgspec.Raw])
_MOST = 500


def process_singly(
    database: Database,
    engine: Engine,
    partitions: Sequence[int],
    of: int,
    workspace_of: Callable[[Transaction, WorkspaceId], Workspace],
    clock: Clock,
) -> TickReport:
    """The next few hundred events one at a time, without waking what is due: whatever is broken cannot stop the log."""
    total = TickReport()
    with database.transaction() as tx:
        plan_by_index(tx)
        now = clock.now()
        for chunk in log.claim(tx, partitions, _MOST, of):
            workspace = workspace_of(tx, chunk.workspace_id)
            moment = min(now, chunk.received_at)  # what the next chunk tells may end what falls due after it
            for place, envelope in enumerate(_envelopes.decode(chunk.payload)):
                single = msgspec.structs.replace(
                    chunk, payload=b"[" + bytes(envelope) + b"]", events=1, first_place=place
                )
                try:
                    with tx.transaction():
                        total = total.plus(engine.tick(tx, workspace, [single], moment, due=None))
                except (psycopg.OperationalError, Unavailable):
                    raise
                except Exception as error:  # noqa: BLE001 - whatever one event breaks, the log goes on
                    engine.forget()
                    _say.exception("event_failed", seq=chunk.seq, place=place)
                    letter = Dropped(
                        envelope=bytes(envelope), reason="failed", detail=f"{type(error).__name__}: {error}"
                    )
                    log.bury(tx, workspace.id, [letter], now)
    return total
