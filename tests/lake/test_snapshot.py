"""People, orders and messages as Delta tables that anybody can read."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
from deltalake import DeltaTable

from hourglass.lake import snapshot
from tests.lake.conftest import Lake
from tests.lake.facts import NOW


def tables(lake: Lake) -> dict[str, pl.DataFrame]:
    return {
        name: pl.scan_delta(lake.data / "lake" / name).collect()
        for name in ("profiles", "orders", "messages", "identities")
    }


def test_an_empty_shop_gives_empty_tables(lake: Lake) -> None:
    assert snapshot(lake.database, lake.data, NOW).rows == dict.fromkeys(tables(lake), 0)
    assert tables(lake)["orders"].schema["revenue"] == pl.Decimal(38, 2)


def test_each_snapshot_replaces_the_last_one(lake: Lake) -> None:
    insert = (
        b"INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue, "
        b"currency) VALUES (1, %s, 1, 1, 'completed', now(), now(), 1899, 'EUR')"
    )
    for order in ("a", "b"):
        with lake.database.transaction() as tx:
            tx.execute(insert, [order])
        snapshot(lake.database, lake.data, NOW)
    orders = tables(lake)["orders"].sort("id")
    assert orders.select("workspace_id", "id", "revenue").rows() == [
        (1, "a", Decimal("18.99")),
        (1, "b", Decimal("18.99")),
    ]


def test_the_log_remembers_nothing_personal(lake: Lake) -> None:
    with lake.database.transaction() as tx:
        tx.execute(
            "INSERT INTO profiles (workspace_id, id, known, email, first_seen_at, last_seen_at) "
            "VALUES (1, 70, true, 'zinaida@example.org', now(), now())"
        )
    snapshot(lake.database, lake.data, NOW)
    log = lake.data / "lake" / "profiles" / "_delta_log"
    DeltaTable(lake.data / "lake" / "profiles").create_checkpoint()
    assert not [path.name for path in log.iterdir() if b"zinaida" in path.read_bytes()]
    (checkpoint,) = log.glob("*.parquet")
    assert "zinaida" not in str(pl.read_parquet(checkpoint).to_dict(as_series=False))
