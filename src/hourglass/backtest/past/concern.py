"""Whom a journey can concern: those whom an event lets in, and everybody who was ever one person with them.

People do not change each other's way through a journey, so the others need not be replayed. Nor has the clock to stop
for what somebody does before the first event that may let them in: it is told with the next stop, and nobody asks
about it sooner.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience import Where, matching
from hourglass.events import decode
from hourglass.history import Batch
from hourglass.journeys import Journey, OnCall, OnEvent
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("past.sql"))
_AT_ONCE = 20_000


class People(Struct, frozen=True, kw_only=True):
    """Numbers of identities, and of the profiles that they belong or belonged to."""

    identities: list[int]
    profiles: list[int]


def concerned(
    tx: Transaction, workspace: Workspace, journey: Journey, rows: pl.DataFrame, called: Collection[int]
) -> tuple[pl.DataFrame, People | None]:
    """Rows of those people alone, in their order, with `heard` (whether the clock has to stop there); who they are.

    `rows`: identity_id, message_id, event, payload, in the order of the log. `called`: profiles that were put in.
    None: it can concern everybody.
    """
    way = journey.entry.way
    if not isinstance(way, OnEvent | OnCall):
        return rows.with_columns(heard=True), None
    entrances = (
        _entrances(workspace, way.where, rows.filter(pl.col("event") == way.event))
        if isinstance(way, OnEvent)
        else pl.Series("message_id", [], dtype=pl.String)
    )
    knots = _knots(tx, workspace)
    rows = rows.join(knots, left_on="identity_id", right_on="id", maintain_order="left").with_row_index("place")
    entering = rows.filter(pl.col("message_id").is_in(entrances.implode()))
    by_call = knots.filter(pl.col("id").is_in([-one for one in called])).select("person", place=pl.lit(0, pl.UInt32))
    first = (
        pl.concat([entering.select("person", "place"), by_call])
        .group_by("person")
        .agg(pl.col("place").min().alias("first"))
    )
    rows = rows.join(first, on="person", maintain_order="left").with_columns(heard=pl.col("place") >= pl.col("first"))
    found = knots.join(first, on="person", how="semi")["id"]
    people = People(identities=found.filter(found > 0).to_list(), profiles=found.filter(found < 0).abs().to_list())
    return rows, people


def _entrances(workspace: Workspace, where: tuple[Where, ...], rows: pl.DataFrame) -> pl.Series:
    """The message ids of the events that fit, by the same words as in life."""
    found: list[str] = []
    for part in rows.iter_slices(_AT_ONCE):
        last = part["moment"].max()
        payload = ("[" + ",".join(part["payload"].to_list()) + "]").encode()
        events, _ = decode(payload, last, last, workspace.currency)  # pyright: ignore[reportArgumentType]
        batch = Batch(events, [], [], [])
        found += [events[place].message_id for place in matching(batch, range(len(events)), [where], workspace)[0]]
    return pl.Series("message_id", found, dtype=pl.String)


def _knots(tx: Transaction, workspace: Workspace) -> pl.DataFrame:
    """`id` of identities (above zero) and profiles (below), with `person`: one for all that were ever tied together."""
    label: dict[int, int] = {}

    def root(one: int) -> int:
        while (above := label.setdefault(one, one)) != one:
            label[one] = one = label[above]
        return one

    for one, other in _queries.tuples(tx, "ties", workspace_id=workspace.id):
        label[root(one)] = root(other)
    schema = {"id": pl.Int64, "person": pl.Int64}
    return pl.DataFrame({"id": list(label), "person": [root(one) for one in list(label)]}, schema=schema)
