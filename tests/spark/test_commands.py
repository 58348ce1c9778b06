"""`hourglass segments build` and `audit` with a real cluster behind them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from hourglass.cli.audience.segments import SEGMENTS
from hourglass.lake import flush
from hourglass.postgres import Database
from tests.audience.people import a_segment
from tests.engine.shop import Shop
from tests.spark.cluster import Cluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BUYERS = {"all": [{"event": "Order Completed", "value": 2}, {"not": {"event": "Product Viewed"}}]}


def say(*words: object) -> None:
    SEGMENTS([str(word) for word in words], result_action="return_value", exit_on_error=False)


def test_segments_are_built_and_audited_on_the_cluster(
    spark: SparkSession,
    cluster: Cluster,
    database: Database,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del spark  # an application that holds the cluster; the commands use its session
    monkeypatch.setenv("HOURGLASS_DATABASE_URL", database.url)
    shop = Shop(database)
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    for person, orders in (("anna", 2), ("boris", 1), ("vera", 3)):
        shop.send(*({"userId": person, "event": "Order Completed"} for _ in range(orders)))
    shop.send({"userId": "vera", "event": "Product Viewed"})
    shop.tick()
    shop.define(a_segment("buyers", BUYERS))
    flush(database, data, shop.clock.now())
    where = ("--spark", cluster.address, "--data", data)

    say("build", *where)
    assert capsys.readouterr().out.startswith("1 segments built in")
    assert shop.members("buyers") == {"anna"}
    say("audit", *where)
    assert "3 people in 1 segments, 0 differences" in capsys.readouterr().out

    shop.rows("DELETE FROM segment_members RETURNING 1")
    with pytest.raises(SystemExit):
        say("audit", *where)
    assert "is no member and should be" in capsys.readouterr().out
    say("build", "buyers", *where)
    assert shop.members("buyers") == {"anna"}
    shop.worker.close()
