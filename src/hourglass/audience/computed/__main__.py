"""`python -m hourglass.audience.computed`: one run in a process of its own, which gives its memory back when it ends.

What to do comes as one line of JSON on standard input. When the other end closes, nobody wants it any more: it ends.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from hourglass.audience.computed.computing import compute
from hourglass.kernel import Conflict, HourglassError, WorkspaceId
from hourglass.postgres import Database, find_workspace

_INPUT = 0
_KINDNESS = 10
"""Everything else goes first."""


class Order(Struct, frozen=True, kw_only=True):
    """Compute the traits of a workspace as of now."""

    url: str
    data: str
    workspace_id: int
    now: datetime


def main() -> int:
    """0 when it was done or somebody else is at it."""
    order = msgspec.json.decode(_line(), type=Order)
    threading.Thread(target=_leave_with_the_other_end, daemon=True).start()
    os.nice(_KINDNESS)
    database = Database(order.url)
    try:
        with database.transaction() as tx:
            workspace = find_workspace(tx, WorkspaceId(order.workspace_id))
        compute(database, Path(order.data), workspace, order.now)
    except Conflict:
        return 0
    except HourglassError as error:
        sys.stderr.write(f"Computed traits: {error.sentence}\n")
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


if __name__ == "__main__":
    sys.exit(main())
