"""Work in a process of its own beside the engine: it goes after everything else and gives its memory back.

What to do comes as one line of JSON on standard input. When the other end closes, nobody wants it any more: it ends.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from hourglass.kernel import Conflict, HourglassError, Workspace, WorkspaceId, monotonic
from hourglass.postgres import Database, find_workspace

_INPUT = 0
_KINDNESS = 10

Work = Callable[[Database, Path, Workspace, Callable[[], datetime]], object]


class Order(Struct, frozen=True, kw_only=True):
    """Whose work it is, as of which moment, on a clock of which pace."""

    url: str
    data: str
    workspace_id: int
    now: datetime
    pace: float = 1.0


def work_beside(work: Work, what: str) -> int:
    """Do it; 0 when it was done or somebody else is at it."""
    order = msgspec.json.decode(_line(), type=Order)
    threading.Thread(target=_leave_with_the_other_end, daemon=True).start()
    os.nice(_KINDNESS)
    started, database = monotonic(), Database(order.url)

    def now() -> datetime:
        return order.now + timedelta(seconds=(monotonic() - started) * order.pace)

    try:
        with database.transaction() as tx:
            workspace = find_workspace(tx, WorkspaceId(order.workspace_id))
        work(database, Path(order.data), workspace, now)
    except Conflict:
        return 0
    except HourglassError as error:
        sys.stderr.write(f"{what}: {error.sentence}\n")
        return 1
    finally:
        database.close()
    return 0


def _line() -> bytes:
    """Byte by byte from the descriptor itself: Python's own reader must be free when the interpreter ends."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(_INPUT, 1)):
        line += byte
    return line


def _leave_with_the_other_end() -> None:
    while os.read(_INPUT, 1024):
        pass
    os._exit(1)
