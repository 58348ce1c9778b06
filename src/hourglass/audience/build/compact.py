"""Rows that stay in memory: small, and in their order."""

from __future__ import annotations

import polars as pl

_REPEATED = 0.3
"""A text that is new in more of the rows than this is kept as it is."""


class Texts:
    """Texts that come again and again are kept as numbers of one list for each column."""

    def __init__(self) -> None:
        self._kinds: dict[str, pl.DataType] = {}

    def packed(self, column: pl.Series) -> pl.Series:
        """The column as it is kept; the first one of a name that has rows decides."""
        if column.dtype != pl.String:
            return column
        if column.name not in self._kinds:
            repeated = column.n_unique() <= max(1, _REPEATED * len(column))
            self._kinds[column.name] = pl.Categorical(pl.Categories.random()) if repeated else pl.String()
        return column.cast(self._kinds[column.name])


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """By `subject`, `at` and `seq`; the first column says so to whoever groups by it."""
    narrow = rows["subject"].dtype == pl.UInt32
    rows = rows[_places(rows)] if narrow else rows.sort("subject", "at", "seq")
    return rows.with_columns(pl.col("subject").set_sorted())


def _places(rows: pl.DataFrame) -> pl.Series:
    """One sort by numbers of 64 bits, the person before the place in time, takes a third of one by three columns."""
    import numpy as np

    by_time = rows.select(pl.arg_sort_by("at", "seq")).to_series()
    person = rows["subject"].gather(by_time).cast(pl.UInt64).to_numpy()
    keys = (person << np.uint64(32)) | np.arange(rows.height, dtype=np.uint64)
    ranks = pl.Series(keys).sort().to_numpy() & np.uint64(2**32 - 1)
    return by_time.gather(pl.Series(ranks.astype(np.uint32)))
