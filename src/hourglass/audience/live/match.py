"""Which events of a batch a `where` list means, before they are stored: what lets people into journeys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import polars as pl

from hourglass.audience.columns.needs import LINES
from hourglass.audience.columns.scope import AT, LOCAL, Scope
from hourglass.audience.comparison.where import Where, columns_of, matches
from hourglass.audience.live.ask import local_time
from hourglass.history import Batch, json_text, property_frame
from hourglass.kernel import Workspace, exponent, field_of


def matching(batch: Batch, places: Sequence[int], where: Sequence[Where], workspace: Workspace) -> list[int]:
    """The places whose events satisfy all comparisons; those on lines must hold on one line together."""
    if not where or not places:
        return list(places)
    columns = columns_of(one.property for one in where)
    told = sorted(name for name in columns if not name.startswith(LINES))
    of_lines = sorted(name for name in columns if name.startswith(LINES))
    at = pl.Series("at", [batch.events[place].at for place in places], dtype=pl.Datetime("us", "UTC"))
    frame = property_frame(batch, places, told, workspace).with_columns(at, pl.Series("place", places, dtype=pl.Int64))
    frame = frame.with_columns(local_time(workspace.zone))
    frame = frame.with_columns(
        pl.col("at").dt.timestamp("us").alias(AT), pl.col("local").dt.timestamp("us").alias(LOCAL)
    )
    if of_lines:
        frame = frame.join(_lines(batch, places, of_lines), on="place")
    scope = Scope(minor_digits=exponent(workspace.currency), zone=workspace.zone)
    truth = matches(where, scope)
    return scope.with_shared(frame).filter(truth)["place"].unique(maintain_order=True).to_list()


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
