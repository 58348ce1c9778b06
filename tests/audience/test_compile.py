"""Conditions over frames: windows, measures, missing values, and the moment when time alone flips one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from hourglass.audience import compile_conditions, parse_condition
from hourglass.kernel import Workspace, WorkspaceId

SHOP = Workspace(id=WorkspaceId(1), key="shop", name="Shop", currency="EUR", zone="UTC", locale="en")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PEOPLE = pl.DataFrame({"subject": [1, 2, 3], "trait:city": ["Almaty", None, "Astana"], "trait:age": ["30", "x", "41"]})


def days(n: float) -> datetime:
    return NOW - timedelta(days=n)


EVENTS = pl.DataFrame(
    [
        (1, "Order Completed", days(2), 10, "shoes"),
        (1, "Order Completed", days(3), 20, "hats"),
        (1, "Order Completed", days(100), 5000, None),
        (2, "Order Completed", days(1), 5, "shoes"),
        (2, "Product Viewed", days(0), None, "hats"),
        (2, "Order Completed", NOW + timedelta(days=1), 999, "shoes"),
    ],
    schema={
        "subject": pl.Int64,
        "event": pl.String,
        "at": pl.Datetime("us", "UTC"),
        "revenue": pl.Int64,
        "category": pl.String,
    },
    orient="row",
)

CASES = {
    "bought": ({"event": "Order Completed"}, [1, 2]),
    "twice": ({"event": "Order Completed", "value": 2}, [1]),
    "twice, lately": ({"event": "Order Completed", "value": 2, "within": "60d"}, [1]),
    "three lately": ({"event": "Order Completed", "value": 3, "within": "60d"}, []),
    "never": ({"not": {"event": "Order Completed"}}, [3]),
    "not lately": ({"not": {"event": "Order Completed", "within": "36h"}}, [1, 3]),
    "sum is exact": (
        {"event": "Order Completed", "measure": {"sum": "revenue"}, "op": "exactly", "value": 0.3, "within": "30d"},
        [1],
    ),
    "a sum of nothing is missing": (
        {"event": "Order Completed", "measure": {"sum": "revenue"}, "op": "less_than", "value": 1},
        [2],
    ),
    "average": ({"event": "Order Completed", "measure": {"avg": "revenue"}, "op": "more_than", "value": 10}, [1]),
    "where": ({"event": "Order Completed", "where": [{"property": "category", "value": "shoes"}]}, [1, 2]),
    "money in where is in whole units": (
        {"event": "Order Completed", "where": [{"property": "revenue", "op": "at_least", "value": 50}]},
        [1],
    ),
    "distinct": ({"event": "Order Completed", "measure": {"distinct": "category"}, "op": "at_least", "value": 2}, [1]),
    "since is inclusive": ({"event": "Order Completed", "since": days(1).isoformat()}, [2]),
    "until is exclusive": (
        {"event": "Order Completed", "since": days(3).isoformat(), "until": days(2).isoformat()},
        [1],
    ),
    "trait": ({"trait": "city", "op": "not_equals", "value": "Almaty"}, [3]),
    "number in a text": ({"trait": "age", "op": "more_than", "value": 35}, [3]),
    "all and any": (
        {"all": [{"event": "Order Completed"}, {"any": [{"trait": "city", "op": "exists"}, {"event": "X"}]}]},
        [1],
    ),
}


@pytest.mark.parametrize(("document", "expected"), CASES.values(), ids=CASES.keys())
def test_who_it_means(document, expected):
    compiled = compile_conditions({"it": parse_condition(document)}, SHOP)
    answers = compiled.evaluate(PEOPLE, EVENTS, NOW)
    assert sorted(answers.filter(pl.col("it"))["subject"]) == expected


def test_all_at_once_is_the_same_as_one_by_one():
    compiled = compile_conditions({key: parse_condition(case[0]) for key, case in CASES.items()}, SHOP)
    answers = compiled.evaluate(PEOPLE, EVENTS, NOW)
    got = {key: sorted(answers.filter(pl.col(key))["subject"]) for key in CASES}
    assert got == {key: case[1] for key, case in CASES.items()}


def test_equal_leaves_are_computed_once():
    same = {"event": "Order Completed", "within": "30d"}
    compiled = compile_conditions({"a": parse_condition(same), "b": parse_condition({"not": same})}, SHOP)
    assert len(compiled.leaves) == 1


def test_time_alone_flips_at_the_moment_it_says():
    lately = parse_condition({"event": "Order Completed", "within": "14d"})
    compiled = compile_conditions({"it": lately}, SHOP)
    due = dict(compiled.evaluate(PEOPLE, EVENTS, NOW).select("subject", "due").iter_rows())
    assert due[3] is None
    before, at = due[1] - timedelta(microseconds=1), due[1]
    # Subject 1's older order leaves first; the younger one still counts until its own moment.
    assert at == days(3) + timedelta(days=14, microseconds=1)
    twice = compile_conditions({"it": parse_condition({"event": "Order Completed", "within": "14d", "value": 2})}, SHOP)
    holds = [
        dict(twice.evaluate(PEOPLE, EVENTS, moment).select("subject", "it").iter_rows())[1] for moment in (before, at)
    ]
    assert holds == [True, False]
