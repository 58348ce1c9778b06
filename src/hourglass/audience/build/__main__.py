"""`python -m hourglass.audience.build`: one build in a process of its own, which gives its memory back when it ends.

What to do comes as one line of JSON on standard input. When the other end closes, nobody wants it any more: it ends.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from hourglass.audience.build.building import build
from hourglass.kernel import HourglassError, WorkspaceId, monotonic
from hourglass.postgres import Database, find_workspace

_KINDNESS = 10
"""Everything else goes first."""


class Order(Struct, frozen=True, kw_only=True):
    """Build the segments of a workspace as of now, on a clock of this pace."""

    url: str
    data: str
    workspace_id: int
    now: datetime
    pace: float


def main() -> int:
    """0 when it was done or somebody else is at it."""
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    threading.Thread(target=_leave_with_the_other_end, daemon=True).start()
    os.nice(_KINDNESS)
    started = monotonic()
    database = Database(order.url)
    try:
        with database.transaction() as tx:
            workspace = find_workspace(tx, WorkspaceId(order.workspace_id))
        build(
            database,
            Path(order.data),
            workspace,
            lambda: order.now + timedelta(seconds=(monotonic() - started) * order.pace),
        )
    except HourglassError as error:
        sys.stderr.write(f"Segments: {error.sentence}\n")
        return 1
    finally:
        database.close()
    return 0


def _leave_with_the_other_end() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
