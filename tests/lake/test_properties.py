"""Properties out of the JSON: quickly, and exactly what the JSON says."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hourglass.kernel import WorkspaceId
from hourglass.lake import EVENT_COLUMNS, Picture, look, scan
from tests.lake import nasty
from tests.lake.conftest import Lake
from tests.lake.facts import events

ONE = WorkspaceId(1)


def history(frame: pl.DataFrame) -> Picture:
    return Picture(files=[], waiting=frame)


def read(properties: list[str], *names: str, lines: bool = False) -> list[tuple[object, ...]]:
    frame = events(len(properties)).with_columns(properties=pl.Series(properties, dtype=pl.String))
    return scan(history(frame), ONE, [], properties=names, lines=lines).collect().rows()


@pytest.mark.parametrize("name", nasty.NAMES)
def test_a_property_is_the_text_that_the_json_says(name: str) -> None:
    found = scan(history(nasty.frame()), ONE, ["message_id"], properties=[name]).collect()
    expected = [(f"message-{place}", nasty.read(each, name)) for place, each in enumerate(nasty.properties())]
    assert found.rows() == expected


def test_all_of_them_at_once_are_the_same() -> None:
    found = scan(history(nasty.frame()), ONE, [], properties=nasty.NAMES).collect(engine="streaming")
    assert found.rows() == [tuple(nasty.read(each, name) for name in nasty.NAMES) for each in nasty.properties()]


def test_lines_are_rows_and_an_event_without_lines_is_one() -> None:
    names = ["products.name", "products.price", "products.missing"]
    found = scan(history(nasty.frame()), ONE, ["message_id"], properties=["name", *names], lines=True).collect()
    expected = [
        (f"message-{place}", number, nasty.read(each, "name"), *texts)
        for place, each in enumerate(nasty.properties())
        for number, *texts in nasty.read_lines(each, ["name", "price", "missing"])
    ]
    # The columns stand in the order of the question.
    assert found.columns == ["message_id", "line", "name", *names]
    assert found.rows() == expected


def test_json_written_by_others_is_read_as_well() -> None:
    spaced = ['{ "name" : "a" , "n":1 }', '{"name": 1.50}', '{"\\u006eame": "b", "name2": "\\u0041"}', "{}"]
    assert [row[0] for row in read(spaced[:2], "name")] == ["a", "1.5"]
    assert read(spaced[2:], "name2") == [("A",), (None,)]


def test_without_events_the_columns_are_there() -> None:
    nothing = Picture(files=[], waiting=EVENT_COLUMNS.to_frame())
    found = scan(nothing, ONE, ["at_us"], properties=["name", "products.price"], lines=True).collect()
    assert found.schema == {"at_us": pl.Int64, "line": pl.Int64, "name": pl.String, "products.price": pl.String}


def test_only_the_named_events_are_opened(lake: Lake) -> None:
    no_json = pl.when(pl.col("event") == "Page Viewed").then(pl.lit("not JSON")).otherwise("properties")
    lake.add(events(40).with_columns(properties=no_json))
    picture = look(lake.database, lake.data)
    found = scan(picture, ONE, ["event"], names=["Product Added"], properties=["name"]).collect(engine="streaming")
    assert found.rows() == [("Product Added", "WHITE HANGING HEART")] * 10


@pytest.mark.parametrize(
    ("columns", "properties", "lines", "said"),
    [
        (["event"], ["event"], False, "twice: event"),
        (["nothing"], [], False, "no column nothing"),
        (["local"], [], False, "needs a zone"),
    ],
)
def test_what_cannot_be_answered_is_refused(columns: list[str], properties: list[str], lines: bool, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        scan(history(events(1)), ONE, columns, properties=properties, lines=lines)


KEYS = st.sampled_from(["name", "x", "products", "a.b", "ы"]) | st.text(max_size=3)
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=4), min_size=1, max_size=5))
@settings(max_examples=150)
def test_whatever_the_properties_are(each: list[dict[str, object]]) -> None:
    texts = [nasty.write(one) for one in each]
    assert read(texts, "name", "a.b") == [(nasty.read(one, "name"), nasty.read(one, "a.b")) for one in each]
    expected = [tuple(line) for one in each for line in nasty.read_lines(one, ["name"])]
    assert read(texts, "products.name", lines=True) == expected
