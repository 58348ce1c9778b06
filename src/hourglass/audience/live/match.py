"""Which events of a batch a `where` list means, before they are stored: what lets people into journeys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import polars as pl

from hourglass.audience.columns.needs import LINES
from hourglass.audience.columns.scope import AT, LOCAL, Scope
from hourglass.audience.comparison.where import Where, columns_of, matches
from hourglass.audience.live.ask import local_time
from hourglass.history import Batch, json_text, property_frame
from hourglass.kernel import Workspace, exponent, field_of


def matching(
    batch: Batch, places: Sequence[int], wheres: Sequence[Sequence[Where]], workspace: Workspace
) -> list[list[int]]:
    """For each list: the places whose events satisfy all of it; comparisons on lines must hold on one line together."""
    if not places or not any(wheres):
        return [list(places) for _ in wheres]
    scope = Scope(minor_digits=exponent(workspace.currency), zone=workspace.zone)
    truths = {str(number): matches(where, scope) for number, where in enumerate(wheres) if where}
    frame = _told(batch, places, columns_of(one.property for where in wheres for one in where), workspace)
    held = scope.with_shared(frame).select("place", **truths)
    return [
        held.filter(str(number))["place"].unique(maintain_order=True).to_list() if where else list(places)
        for number, where in enumerate(wheres)
    ]


def _told(batch: Batch, places: Sequence[int], columns: Iterable[str], workspace: Workspace) -> pl.DataFrame:
    """What the events at these places say, a row an event; or a row a line, if lines are asked for."""
    names = sorted(columns)
    of_lines = [name for name in names if name.startswith(LINES)]
    own = [name for name in names if name not in of_lines]
    at = pl.Series("at", [batch.events[place].at for place in places], dtype=pl.Datetime("us", "UTC"))
    known = [at, pl.Series("place", places, dtype=pl.Int64)]
    # A frame without columns has no rows either, and takes no more than one.
    frame = property_frame(batch, places, own, workspace).with_columns(known) if own else pl.DataFrame(known)
    frame = frame.with_columns(local_time(workspace.zone)).with_columns(
        pl.col("at").dt.timestamp("us").alias(AT), pl.col("local").dt.timestamp("us").alias(LOCAL)
    )
    return frame.join(_lines(batch, places, of_lines), on="place") if of_lines else frame


def _lines(batch: Batch, places: Sequence[int], names: Sequence[str]) -> pl.DataFrame:
    """One row a line, and one for an event without any."""
    rows: list[tuple[Any, ...]] = []
    for place in places:
        products = batch.events[place].properties.get("products")
        lines = cast("list[Any]", products) if isinstance(products, list) and products else [None]
        for line in lines:
            told = cast("dict[str, Any]", line) if isinstance(line, dict) else {}
            rows.append((place, *(json_text(field_of(told, name.removeprefix(LINES))) for name in names)))
    schema: dict[str, Any] = {"place": pl.Int64} | dict.fromkeys(names, pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")
