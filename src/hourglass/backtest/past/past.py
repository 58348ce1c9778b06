"""The events of a period in the order in which the shop told them, ready to be told again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import polars as pl
from msgspec import Struct

from hourglass.kernel import Workspace
from hourglass.log import Chunk

_PLACES = 100_000


class Past(Struct, frozen=True, kw_only=True):
    """Rows of `moment` (when it is told), `seq` (its place in the log) and `payload` (the envelope), in order."""

    workspace: Workspace
    rows: pl.DataFrame
    late: list[int]
    """Places of those that happened before the period and were told in it."""
    told: int
    """How many events there were, those left out included."""

    @property
    def events(self) -> int:
        """How many there are."""
        return self.rows.height

    def moment(self, place: int) -> datetime | None:
        """When the event at this place is told; None after the last one."""
        return self.rows.item(place, "moment") if place < self.rows.height else None

    def until(self, place: int, moment: datetime, most: int) -> int:
        """The place after the last event told at or before a moment; `most` events away at the most, moments whole."""
        moments = self.rows["moment"]
        end = moments.search_sorted(moment, side="right")
        if end - place <= most:
            return int(end)
        last: datetime = moments.item(place + most - 1)
        return min(int(end), int(moments.search_sorted(last, side="right")))

    def chunks(self, start: int, stop: int) -> list[Chunk]:
        """The events from one place to another as chunks of the log, each at the place where it stood."""
        rows = self.rows.slice(start, stop - start)
        return list(_chunks(rows, self.workspace))


def number_anew(rows: pl.DataFrame) -> pl.DataFrame:
    """Imported events get places by the time at which they happened, above all that were ever given."""
    first = (int(rows["seq"].max() or 0) // _PLACES + 1) * _PLACES  # pyright: ignore[reportArgumentType]
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    return rows.with_columns((first + place // 1000 * _PLACES + place % 1000).alias("seq"))


def _chunks(rows: pl.DataFrame, workspace: Workspace) -> Iterator[Chunk]:
    """A chunk for each run of neighbours of one moment."""
    seqs, moments, payloads = rows["seq"].to_list(), rows["moment"].to_list(), rows["payload"].to_list()
    begin = 0
    for i in range(1, len(seqs) + 1):
        if i == len(seqs) or seqs[i] != seqs[i - 1] + 1 or moments[i] != moments[begin]:
            yield Chunk(
                seq=seqs[begin] // _PLACES,
                workspace_id=workspace.id,
                partition=0,
                received_at=moments[begin],
                events=i - begin,
                payload=("[" + ",".join(payloads[begin:i]) + "]").encode(),
                first_place=seqs[begin] % _PLACES,
            )
            begin = i
