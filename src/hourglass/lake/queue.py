"""The queue between a tick and the lake: frames in a table, written in the tick's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import polars as pl

from hourglass.lake import store
from hourglass.lake.schema import EVENT_COLUMNS, EVENTS
from hourglass.postgres import Transaction

_COLUMNS = [pl.col(name).cast(kind) for name, kind in EVENT_COLUMNS.items()]


def enqueue(tx: Transaction, table: str, frame: pl.DataFrame) -> None:
    """Keep a frame for the lake; it gets there exactly once if the transaction commits, and never if not.

    `frame` has the columns of EVENT_COLUMNS. Raises ValueError for another table.
    """
    if table != EVENTS:
        raise ValueError(f"The lake keeps no table “{table}”, only “{EVENTS}”.")
    if frame.height:
        store.add_frame(tx, table, frame.height, pack(frame.select(_COLUMNS)))


def pack(frame: pl.DataFrame) -> bytes:
    """A frame as it stands in the queue: an Arrow IPC stream, compressed where it costs least time."""
    buffer = BytesIO()
    frame.write_ipc_stream(buffer, compression="lz4")
    return buffer.getvalue()


def unpack(payloads: Sequence[bytes]) -> pl.DataFrame:
    """Frames of the queue as one."""
    frames = [pl.read_ipc_stream(BytesIO(payload)) for payload in payloads]
    return pl.concat(frames) if frames else EVENT_COLUMNS.to_frame()
