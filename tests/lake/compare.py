"""Says where the lake differs from what the ticks processed: for tests that kill and repeat things."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from deltalake import DeltaTable

from hourglass.kernel import digest
from hourglass.postgres import Database

_FIELDS = {
    "identity_id": pl.Int64,
    "at": pl.Int64,
    "order_id": pl.String,
    "product_id": pl.String,
    "category": pl.String,
    "quantity": pl.Int32,
    "revenue": pl.Int64,
}
_SHOWN = 5


def lake_equals_state(database: Database, data: Path) -> list[str]:
    """Differences between PostgreSQL and the files of the lake, by messageId; empty when there are none.

    To be asked when everything is processed and flushed. Nobody may have been erased.
    """
    with database.transaction() as tx:
        waiting = tx.execute("SELECT coalesce(sum(rows), 0)::bigint FROM lake_queue").fetchall()[0][0]
        processed = {
            (workspace, str(id_))
            for workspace, id_ in tx.execute("SELECT workspace_id, message_id FROM event_ids").fetchall()
        }
        rows = tx.execute(
            "SELECT workspace_id, message_id::text, identity_id, (extract(epoch FROM at) * 1000000)::bigint,"
            " order_id, product_id, category, quantity, revenue FROM events"
        ).fetchall()
    hot = pl.DataFrame(rows, schema={"workspace_id": pl.Int32, "id": pl.String, **_FIELDS}, orient="row")
    lake = _lake(data)
    ids = set(lake.select("workspace_id", "id").iter_rows())
    return [
        *_told("wait in the queue", [str(waiting)] if waiting else []),
        *_told("are in the lake more than once", _named(lake.filter(pl.struct("workspace_id", "id").is_duplicated()))),
        *_told("were processed and are not in the lake", sorted(id_ for _, id_ in processed - ids)),
        *_told("are in the lake and were never processed", sorted(id_ for _, id_ in ids - processed)),
        *_told(
            "are in the history more than once", _named(hot.filter(pl.struct("workspace_id", "id").is_duplicated()))
        ),
        *_fields(hot, lake),
    ]


def _lake(data: Path) -> pl.DataFrame:
    folder = data / "lake" / "events"
    schema = {"workspace_id": pl.Int32, "id": pl.String, **_FIELDS, "currency": pl.String}
    if not DeltaTable.is_deltatable(folder):
        return pl.DataFrame(schema=schema)
    stored = pl.read_delta(folder, columns=["workspace_id", "message_id", "currency", *_FIELDS])
    ids = [str(digest(message_id)) for message_id in stored["message_id"]]
    return stored.with_columns(pl.Series("id", ids, pl.String), pl.col("at").dt.epoch("us")).drop("message_id")


def _fields(hot: pl.DataFrame, lake: pl.DataFrame) -> list[str]:
    """Rows of the history that say something else in the lake; revenue in a foreign currency is kept only there."""
    both = hot.unique(["workspace_id", "id"]).join(
        lake.unique(["workspace_id", "id"]), on=["workspace_id", "id"], suffix="_lake"
    )
    told: list[str] = []
    for name in _FIELDS:
        differs = pl.col(name).ne_missing(pl.col(f"{name}_lake"))
        if name == "revenue":
            differs &= pl.col(name).is_not_null()
        told += _told(f"have another {name} in the lake", _named(both.filter(differs)))
    return told


def _named(rows: pl.DataFrame) -> list[str]:
    return rows["id"].unique().sort().to_list()


def _told(what: str, which: list[str]) -> list[str]:
    more = f" and {len(which) - _SHOWN} more" if len(which) > _SHOWN else ""
    return [f"{', '.join(which[:_SHOWN])}{more} {what}"] if which else []
