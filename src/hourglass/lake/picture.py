"""What the lake holds at one moment: the files of the table, and what was processed but waits in the queue."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.kernel import Unavailable
from hourglass.lake import store
from hourglass.lake.queue import unpack
from hourglass.lake.table import DataFile, data_files, find_table, last_batch
from hourglass.postgres import Database

_ATTEMPTS = 20


class Picture(Struct, frozen=True, kw_only=True):
    """Every processed event once: in a file, or in the frame of those that wait."""

    files: list[DataFile]
    waiting: pl.DataFrame


def look(database: Database, data: Path) -> Picture:
    """The lake as of now, including what is not flushed yet; raises Unavailable when it will not hold still.

    Nobody is locked out: when an append came between, this looks again.
    """
    for _ in range(_ATTEMPTS):
        written = last_batch(find_table(data))
        with database.transaction() as tx:
            payloads = store.frames_not_in(tx, written)
        table = find_table(data)
        if last_batch(table) == written:
            return Picture(files=[] if table is None else data_files(data, table), waiting=unpack(payloads))
    raise Unavailable("The lake is written to all the time; try again.")
