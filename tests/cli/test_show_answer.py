"""Answers for a terminal."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from hourglass.cli.data.show_answer import print_query
from hourglass.postgres import Database
from tests.lake.conftest import Lake
from tests.lake.facts import events


@pytest.fixture
def lake(database: Database, data: Path) -> Lake:
    return Lake(database, data)


def printed(lake: Lake, sql: str, *, csv: bool = False) -> str:
    out = StringIO()
    print_query(lake.database, lake.data, sql, out, csv=csv)
    return out.getvalue()


def test_csv_is_the_rows_alone(lake: Lake) -> None:
    lake.add(events(8))
    sql = "SELECT event, count(*) AS n, max(revenue) AS most FROM events GROUP BY ALL ORDER BY event"
    assert printed(lake, sql, csv=True).splitlines() == [
        "event,n,most",
        "Order Completed,2,18.99",
        "Page Viewed,2,",
        "Product Added,2,",
        "Product Viewed,2,",
    ]


def test_csv_of_nothing_has_its_header(lake: Lake) -> None:
    assert printed(lake, "SELECT event, at FROM events", csv=True) == "event,at\n"


def test_csv_writes_lists_and_structs_as_json(lake: Lake) -> None:
    assert printed(lake, "SELECT [1, 2] AS l, {'a': 'x'} AS s", csv=True) == 'l,s\n"[1,2]","{""a"":""x""}"\n'


def test_csv_gives_all_rows(lake: Lake) -> None:
    assert printed(lake, "FROM range(300_000)", csv=True).count("\n") == 300_001


def test_a_table_shows_rows_and_their_number(lake: Lake) -> None:
    lake.add(events(3))
    text = printed(lake, "SELECT event, at, NULL AS nothing FROM events ORDER BY at")
    assert "Page Viewed" in text
    assert "2026-03-15 12:00:00+00:00" in text
    assert "∅" in text
    assert text.rstrip().endswith("3 rows")


def test_a_long_table_says_that_there_is_more(lake: Lake) -> None:
    text = printed(lake, "FROM range(5000)")
    assert "The first 1,000 rows; --csv gives all." in text
    assert "│   999 │" in text
    assert "│  1000 │" not in text


def test_many_columns_are_told_one_below_the_other(lake: Lake) -> None:
    lake.add(events(1))
    assert "│ message_id" in printed(lake, "FROM events")
