"""A name with a dot leads inside a property, the same way in Python, in PostgreSQL and in the lake."""

from __future__ import annotations

import json

import polars as pl
import pytest
from psycopg import sql

from hourglass.history import json_text
from hourglass.kernel import field_of
from hourglass.lake.properties import with_properties
from hourglass.postgres import Database, json_field

DOCUMENT = {
    "address": {"city": "Almaty", "geo": {"lat": 43.25, "tags": ["a", "b"]}, "floor": None},
    "address.zip": "050000",
    "a.b": None,
    "a": {"b": "inside"},
    "city": 'say "hi"',
    "lines": [{"sku": "one"}, {"sku": "two"}],
}
NAMES = {
    "city": 'say "hi"',
    "address.city": "Almaty",
    "address.geo.lat": "43.25",
    "address.geo.tags": '["a","b"]',
    "address.geo.tags.1": "b",
    "address.floor": None,
    "address.floor.room": None,
    "address.zip": "050000",
    "a.b": "inside",
    "lines.0.sku": "one",
    "lines.-1.sku": "two",
    "lines.7.sku": None,
    "city.name": None,
    "nothing.at.all": None,
    "a..b": None,
}


@pytest.mark.parametrize(("name", "value"), NAMES.items())
def test_python_walks(name, value):
    assert json_text(field_of(DOCUMENT, name)) == value


def test_postgresql_walks(database: Database):
    fields = sql.SQL(", ").join(json_field(sql.SQL("d"), name) for name in NAMES)
    with database.transaction() as tx:
        query = sql.SQL("SELECT {} FROM (SELECT %s::jsonb AS d) one").format(fields)
        row = tx.execute(query, [json.dumps(DOCUMENT)]).fetchone()
    assert row is not None
    got = [None if one is None else one.replace(", ", ",") for one in row]
    assert dict(zip(NAMES, got, strict=True)) == NAMES


def test_the_lake_walks():
    texts = [json.dumps(one, separators=(",", ":")) for one in (DOCUMENT, {"address.city": "flat"}, {})]
    events = pl.LazyFrame({"properties": texts})
    rows = with_properties(events, list(NAMES)).collect().select(list(NAMES)).rows(named=True)
    assert rows[0] == NAMES
    assert {name: value for name, value in rows[1].items() if value is not None} == {"address.city": "flat"}
    assert set(rows[2].values()) == {None}
