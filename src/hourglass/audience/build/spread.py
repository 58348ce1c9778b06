"""Answers about some people as columns of everybody: a join, but the places are looked up once for all columns."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl


def spread(subjects: pl.Series, found: pl.DataFrame, nobody: Mapping[str, bool]) -> list[pl.Series]:
    """The columns of `found` in the order of `subjects`, which are sorted and each there once.

    `nobody` has the truths of those who are not in `found`; a number they do not have is 0. Strangers are left out.
    """
    import numpy as np

    everybody = subjects.to_numpy()
    ids = found["subject"].to_numpy()
    places = np.searchsorted(everybody, ids)
    known = places < len(everybody)
    known[known] = everybody[places[known]] == ids[known]
    places = places[known]
    columns: list[pl.Series] = []
    for column in found.drop("subject"):
        values = np.full(len(everybody), nobody.get(column.name, 0), dtype=bool if column.name in nobody else np.int64)
        values[places] = column.fill_null(0).to_numpy()[known] if column.dtype == pl.Int64 else column.to_numpy()[known]
        columns.append(pl.Series(column.name, values))
    return columns
