"""The lake as views in a DuckDB that can read these files and nothing else, and can change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from hourglass.kernel import Workspace, exponent, unusual_exponents
from hourglass.lake.answer import LakeRewritten
from hourglass.lake.live import LiveTable
from hourglass.lake.picture import Picture
from hourglass.lake.schema import EVENT_COLUMNS, MONTH, month_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Limits(Struct, frozen=True, kw_only=True):
    """What one query may use of the machine."""

    memory: str = "1GB"
    threads: int = 2


class _Stream:
    """A frame in the way that DuckDB reads without further libraries."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def open_duckdb(spill: str, limits: Limits) -> DuckDBPyConnection:
    """A DuckDB in memory that keeps what does not fit in the folder `spill`."""
    import duckdb

    connection = duckdb.connect()
    _set(connection, "python_enable_replacements", "false")
    _set(connection, "temp_directory", _text(spill))
    _set(connection, "memory_limit", _text(limits.memory))
    _set(connection, "threads", str(limits.threads))
    return connection


def load(connection: DuckDBPyConnection, table: LiveTable, frame: pl.DataFrame) -> None:
    """Make a frame a table, its JSON typed as such."""
    json = ", ".join(f"{name}::JSON AS {name}" for name in table.json)
    _copy(connection, f"main.{table.name}", frame, f"* REPLACE ({json})" if json else "*")


def show_events(connection: DuckDBPyConnection, picture: Picture, moved: pl.DataFrame, workspace: Workspace) -> None:
    """The view `events` of a workspace: files and queue, the person of today, money in major units.

    Raises LakeRewritten when a file is gone by now.
    """
    import duckdb

    connection.execute("CREATE SCHEMA lake")
    columns = {name: f'stored."{name}"' for name in (*EVENT_COLUMNS, MONTH) if name != "workspace_id"}
    columns["revenue"] = _revenue(workspace.currency)
    source = f"({_stored(connection, picture)}) AS stored"
    if moved.height:  # otherwise conditions on profile_id go down to the files
        _copy(connection, "lake.moved", moved)
        source += " LEFT JOIN lake.moved AS moved ON moved.identity_id = stored.identity_id"
        columns["profile_id"] = "coalesce(moved.profile_id, stored.profile_id)"
    chosen = ", ".join(f'{expression} AS "{name}"' for name, expression in columns.items())
    try:
        connection.execute(
            f"CREATE VIEW main.events AS FROM {source} SELECT {chosen} WHERE stored.workspace_id = {workspace.id}"
        )
    except duckdb.IOException as error:
        raise LakeRewritten from error


def _revenue(currency: str) -> str:
    """Revenue in major units; two decimals, three where the workspace's own currency has three."""
    digits = exponent(currency)
    groups: dict[int, list[str]] = {}
    for name, number in unusual_exponents().items():
        groups.setdefault(number, []).append(_text(name))
    # Its own currency is asked for first: a longer comparison for every row takes four times as long.
    cases = [
        (f"stored.currency = {_text(currency)}", digits),
        *((f"stored.currency IN ({', '.join(names)})", number) for number, names in groups.items()),
        ("true", 2),
    ]
    kind = f"DECIMAL(38, {max(2, digits)})"
    amounts = " ".join(
        f"WHEN {when} THEN CAST(stored.revenue * {10.0**-number:.{number}f} AS {kind})" for when, number in cases
    )
    return f"CASE {amounts} END"


def _stored(connection: DuckDBPyConnection, picture: Picture) -> str:
    """Files and queue as one relation."""
    sources: list[str] = []
    if picture.files:
        files = _list([file.path for file in picture.files])
        sources.append(f"FROM read_parquet({files}, hive_partitioning = true, hive_types = {{'{MONTH}': VARCHAR}})")
    if picture.waiting.height or not sources:
        _copy(connection, "lake.waiting", picture.waiting.with_columns(month_of(pl.col("at")).alias(MONTH)))
        sources.append("FROM lake.waiting")
    return " UNION ALL BY NAME ".join(sources)


def lock_down(connection: DuckDBPyConnection, files: Sequence[str], zone: str) -> None:
    """From here on only these files can be opened, and no setting be changed."""
    _set(connection, "TimeZone", _text(zone))
    _set(connection, "allowed_paths", _list(files))
    _set(connection, "enable_external_access", "false")
    _set(connection, "lock_configuration", "true")


def _set(connection: DuckDBPyConnection, name: str, value: str) -> None:
    connection.execute(f"SET {name} = {value}")


def _copy(connection: DuckDBPyConnection, name: str, frame: pl.DataFrame, columns: str = "*") -> None:
    connection.register("incoming", _Stream(frame))
    connection.execute(f"CREATE TABLE {name} AS FROM incoming SELECT {columns}")
    connection.unregister("incoming")


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
