"""Frames go in and come out as they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hourglass.postgres import Database, copy_frame, read_frame, read_packed

SCHEMA = {
    "id": pl.Int64,
    "small": pl.Int32,
    "at": pl.Datetime("us", "UTC"),
    "price": pl.Float64,
    "sure": pl.Boolean,
    "text": pl.String,
    "properties": pl.String,
}
TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8")) | st.sampled_from(
    [
        "",
        "NULL",
        "\\N",
        "\\.",
        '"',
        '""',
        "a,b",
        "a\nb",
        "\r\n",
        "\t",
        " x ",
        "🛒 שלום",
        "it's",
        "%s",
        "%%",
        "\x1f",
        "\x1e",
        "a\x1fb",
    ]
)
TIMES = st.datetimes(*(datetime(year, 1, 1) for year in (1990, 2200)), timezones=st.just(UTC))  # noqa: DTZ001
ROWS = st.fixed_dictionaries(
    {
        "id": st.none() | st.integers(-(2**63), 2**63 - 1),
        "small": st.none() | st.integers(-(2**31), 2**31 - 1),
        "at": st.none() | TIMES,
        "price": st.none() | st.floats(allow_nan=False),
        "sure": st.none() | st.booleans(),
        "text": st.none() | TEXT,
        "properties": st.none() | st.sampled_from(['{"a": "\\"q\\", \\n"}', "{}", "[1, 2.5, null]", '"é"']),
    }
)
QUERY = "SELECT id, small, at, price, sure, text, properties::text FROM copied ORDER BY row"
TABLE = """CREATE TEMP TABLE copied (row bigint GENERATED ALWAYS AS IDENTITY, id bigint, small integer, at timestamptz,
    price double precision, sure boolean, text text, properties jsonb) ON COMMIT DROP"""


@given(rows=st.lists(ROWS, max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_frame_comes_back_as_it_was(database: Database, rows: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame(rows, schema=SCHEMA)
    with database.transaction() as tx:
        tx.execute(TABLE)
        assert copy_frame(tx, "copied", list(SCHEMA), frame) == len(rows)
        assert read_frame(tx, QUERY, {}, SCHEMA).equals(frame)
        assert read_packed(tx, QUERY, {}, SCHEMA).equals(frame)


@given(texts=st.lists(st.none() | TEXT, max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_single_column_comes_back_as_it_was(database: Database, texts: list[str | None]) -> None:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    with database.transaction() as tx:
        tx.execute(TABLE)
        assert copy_frame(tx, "copied", ["text"], frame) == len(texts)
        for read in (read_frame, read_packed):
            assert read(tx, "SELECT text FROM copied ORDER BY row", {}, frame.schema).equals(frame)


@pytest.mark.parametrize("read", [read_frame, read_packed])
def test_parameters_are_bound(database: Database, read: Any) -> None:
    with database.transaction() as tx:
        frame = read(tx, "SELECT unnest(%(ids)s::bigint[]), %(word)s::text", {"ids": [3, 1], "word": "%"}, two())
    assert frame.rows() == [(3, "%"), (1, "%")]


@pytest.mark.parametrize("read", [read_frame, read_packed])
def test_many_rows_come_in_their_order(database: Database, read: Any) -> None:
    with database.transaction() as tx:
        frame = read(tx, "SELECT i, i::text FROM generate_series(25000, 1, -1) i", {}, two())
    assert frame["n"].to_list() == list(range(25_000, 0, -1))
    assert frame["word"][-1] == "1"


def test_the_smallest_number_is_not_taken_for_a_missing_one(database: Database) -> None:
    query = "SELECT * FROM (VALUES (-9223372036854775808, NULL), (NULL, 'b'), (7, '\x1e')) AS v"
    with database.transaction() as tx:
        frame = read_packed(tx, query, {}, two())
    assert frame.rows() == [(-(2**63), None), (None, "b"), (7, "\x1e")]


def test_the_schema_must_fit(database: Database) -> None:
    with pytest.raises(ValueError, match="zip"), database.transaction() as tx:
        read_frame(tx, "SELECT 1::bigint", {}, two())


def two() -> Mapping[str, Any]:
    return {"n": pl.Int64, "word": pl.String}
