"""The events of a period in the order in which the shop told them, ready to be told again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

import polars as pl
from msgspec import Struct

from hourglass.backtest.past.concern import People
from hourglass.kernel import Workspace
from hourglass.log import Chunk

_PLACES = 100_000


class Past(Struct, frozen=True, kw_only=True, dict=True):
    """Rows of `moment` (when it is told), `seq` (its place in the log) and `payload` (the envelope), in order.

    `heard`: whether the clock stops for it; the others are told with the next that is.
    """

    workspace: Workspace
    rows: pl.DataFrame
    late: list[int]
    """Places of those that happened before the period and were told in it."""
    told: int
    """How many events there were, those left out included."""
    people: People | None
    """Whom it can concern; None: everybody."""

    @property
    def events(self) -> int:
        """How many there are."""
        return self.rows.height

    @property
    def stops(self) -> int:
        """At how many moments something happens for which the clock stops."""
        return self.rows.filter("heard")["moment"].n_unique()

    def moment(self, place: int) -> datetime | None:
        """When the event at this place is told; None after the last one."""
        return self._moments[place] if place < len(self._moments) else None

    def next_heard(self, place: int) -> datetime | None:
        """When the next event from this place on is told for which the clock stops; None after the last one."""
        return self.moment(self._heard[place]) if place < len(self._heard) else None

    def until(self, place: int, moment: datetime, most: int) -> int:
        """The place after the last event told at or before a moment; `most` events away at the most, moments whole."""
        end = bisect_right(self._moments, moment, place)
        return end if end - place <= most else bisect_right(self._moments, self._moments[place + most - 1], place)

    def chunks(self, start: int, stop: int) -> list[Chunk]:
        """The events from one place to another as chunks of the log, each at the place where it stood."""
        rows = self.rows.slice(start, stop - start)
        return list(_chunks(rows, self.workspace))

    @cached_property
    def _moments(self) -> list[datetime]:
        return self.rows["moment"].to_list()

    @cached_property
    def _heard(self) -> list[int]:
        """Of each place, the place of the next event that is heard; behind the last place where none is."""
        places = pl.int_range(pl.len(), dtype=pl.Int64)
        following = pl.when("heard").then(places).fill_null(strategy="backward").fill_null(pl.len())
        return self.rows.select(following.alias("place"))["place"].to_list()


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
