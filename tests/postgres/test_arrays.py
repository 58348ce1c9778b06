"""Lists reach PostgreSQL as they are, whatever stands in them."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from hourglass.postgres.arrays import array_literal

KINDS = {
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "text": st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    "timestamptz": st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1900 < at.year < 2200),
    "uuid": st.uuids(),
    "boolean": st.booleans(),
    "float8": st.floats(allow_nan=False),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_in_comes_out(kind, database):
    with database.transaction() as tx:

        @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
        @given(st.lists(st.none() | KINDS[kind]))
        def check(values):
            (back,) = tx.execute(f"SELECT %s::{kind}[]".encode(), [array_literal(values)], binary=True).fetchone()
            assert back == values

        check()


def test_texts_that_look_like_something_else_stay_texts(database):
    values = ["NULL", "", "{}", ",", '"', "\\", "a b", "null", None]
    with database.transaction() as tx:
        (back,) = tx.execute(b"SELECT %s::text[]", [array_literal(values)]).fetchone()
    assert back == values


def test_json_documents(database):
    values = [{"a": 'quote " and \\ slash', "b": [1, None]}, {}, "line\nand\ttab", "ё\u2028\x7f", None]
    with database.transaction() as tx:
        (back,) = tx.execute(
            b"SELECT %s::jsonb[]", [array_literal([None if v is None else Jsonb(v) for v in values])]
        ).fetchone()
    assert back == values


def test_kinds_it_does_not_know_are_left_to_the_driver():
    assert array_literal([b"x"]) == [b"x"]
    assert array_literal([1, "a"]) == [1, "a"]
    assert array_literal([UUID(int=5)]) == "{00000000-0000-0000-0000-000000000005}"


@pytest.mark.parametrize("kind", ["bigint", "int", "smallint", "float8", "text"])
def test_many_numbers_are_numbers_under_any_cast(kind, database):
    values = [0, 1, -1, 32767, -32768] * 400
    with database.transaction() as tx:
        (back,) = tx.execute(f"SELECT %s::{kind}[]".encode(), [array_literal(values)], binary=True).fetchone()
    assert back == ([str(value) for value in values] if kind == "text" else values)


def test_many_numbers_reach_both_ends_of_their_type(database):
    values = [2**63 - 1, -(2**63), 2**32, -(2**32) - 1] * 300
    with database.transaction() as tx:
        (back,) = tx.execute(b"SELECT %s::bigint[]", [array_literal(values)], binary=True).fetchone()
    assert back == values
    with pytest.raises(OverflowError):
        array_literal([*values, 2**63])


def test_one_missing_among_many_numbers_stays_missing(database):
    values = [*range(2000), None]
    with database.transaction() as tx:
        (back,) = tx.execute(b"SELECT %s::int[]", [array_literal(values)], binary=True).fetchone()
    assert back == values
