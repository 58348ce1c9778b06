"""What a table's log says about a file, so that readers can skip it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from hourglass.lake.schema import STATISTICS

_MILLISECOND = timedelta(milliseconds=1)


def statistics_of(path: Path) -> str | None:
    """Rows, least and greatest values and nulls of a Parquet file in the form of the Delta protocol; None: no rows."""
    events = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    columns = [name for name in STATISTICS if name in events.collect_schema()]
    found = events.select(
        pl.len().alias("rows"),
        *(pl.col(name).min().alias(f"least {name}") for name in columns),
        *(pl.col(name).max().alias(f"greatest {name}") for name in columns),
        *(pl.col(name).null_count().alias(f"nulls {name}") for name in columns),
    )
    values: dict[str, Any] = found.collect(engine="streaming").row(0, named=True)
    if not values["rows"]:
        return None
    statistics = {
        "numRecords": values["rows"],
        "minValues": {name: _floor(value) for name in columns if (value := values[f"least {name}"]) is not None},
        "maxValues": {name: _ceiling(value) for name in columns if (value := values[f"greatest {name}"]) is not None},
        "nullCount": {name: values[f"nulls {name}"] for name in columns},
    }
    return msgspec.json.encode(statistics).decode()


def _floor(value: Any) -> Any:
    """The protocol knows milliseconds: down for the least, up for the greatest."""
    if not isinstance(value, datetime):
        return value
    return value.replace(microsecond=value.microsecond // 1000 * 1000).isoformat(timespec="milliseconds")


def _ceiling(value: Any) -> Any:
    return _floor(value + _MILLISECOND) if isinstance(value, datetime) else value
