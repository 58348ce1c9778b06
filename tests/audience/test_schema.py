"""The published schema and the reader agree: what one lets through, the other accepts."""

from __future__ import annotations

from random import Random
from typing import Any

import jsonschema_rs
import pytest

from hourglass.audience import OPERATORS, SEGMENT, parse_condition
from hourglass.audience.leaves import LEAVES
from hourglass.audience.measures import MEASURES
from hourglass.audience.tree.schema import condition_schema, segment_schema
from hourglass.kernel import Malformed
from tests.audience.agreement.documents import Documents
from tests.audience.agreement.life import START

VALID = jsonschema_rs.Draft202012Validator(condition_schema())
X = "Order Completed"


def examples() -> list[dict[str, Any]]:
    traits = [
        {"trait": "it", "op": name, **({} if right is None else {"value": right})}
        for name, operator in OPERATORS.items()
        for _, right, _ in operator.examples
    ]
    places = [
        {"all": [{"event": X}, {"any": [{"segment": "vip"}, {"not": {"trait": "city", "value": "Almaty"}}]}]},
        {"event": X, "where": [{"property": "at", "op": "hour", "value": "9..17"}], "local": True},
        {"event": X, "where": [{"property": "revenue", "value": 10}], "since": "this_month"},
        {"event": X, "where": [{"property": "date", "op": "in_next", "value": "2d"}], "until": "2026-01-31"},
        {"event": X, "measure": {"first": True}, "op": "before", "value": "2026-01-31T12:00:00Z"},
        {"event": X, "measure": {"last": "category"}, "op": "contains", "value": "shoe"},
        {"event": X, "measure": {"last": "revenue"}, "op": "between", "value": [10, 20]},
        {
            "event": X,
            "measure": {"share": {"where": [{"property": "products.category", "value": "shoes"}]}},
            "value": 60,
        },
        {"event": X, "measure": {"count": True}, "op": "exactly"},
        {"event": X, "op": "exists"},
        {"event": X, "within": "1d12h"},
        {"sequence": [{"event": "Product Added"}, {"not": {"event": X}}], "within": "7d"},
        {"consent": {"channel": "email", "topic": "news"}},
    ]
    return traits + places


WRONG: list[Any] = [
    {},
    [],
    {"all": []},
    {"all": [{"event": X}], "any": [{"event": X}]},
    {"event": ""},
    {"event": X, "value": "2"},
    {"event": X, "op": "contains", "value": "a"},
    {"event": X, "op": "between", "value": ["2026-01-01", "2026-01-31"]},
    {"event": X, "wihtin": "1d"},
    {"event": X, "within": "90 days"},
    {"event": X, "since": "yesterday"},
    {"event": X, "local": "yes"},
    {"event": X, "measure": {"sum": "a", "avg": "b"}, "value": 1},
    {"event": X, "measure": {"sum": "revenue"}},
    {"event": X, "measure": {"first": True}, "op": "at_least", "value": 1},
    {"event": X, "measure": {"first": "revenue"}, "op": "starts_with", "value": "1"},
    {"event": X, "measure": {"share": {"where": []}}, "value": 1},
    {"event": X, "where": [{"property": "at", "value": "2026-01-31"}]},
    {"event": X, "where": [{"property": "revenue", "value": "10"}]},
    {"event": X, "where": [{"property": "quantity", "op": "one_of", "value": [1, "2"]}]},
    {"event": X, "where": {"property": "a", "value": 1}},
    {"trait": "city"},
    {"trait": "city", "op": "equals", "value": ["a"]},
    {"trait": "city", "op": "one_of", "value": "a"},
    {"trait": "city", "op": "one_of", "value": []},
    {"trait": "city", "op": "exists", "value": 1},
    {"trait": "city", "op": "equls", "value": 1},
    {"trait": "tags", "op": "size_at_least", "value": -1},
    {"trait": "born", "op": "birthday_in", "value": 400},
    {"trait": "born", "op": "on", "value": "31.01.2026"},
    {"trait": "born", "op": "on", "value": "2026-01-31T10:00:00"},
    {"trait": "born", "op": "weekday", "value": "monday"},
    {"trait": "born", "op": "hour", "value": 24},
    {"trait": "home", "op": "within_km", "value": {"lat": 43, "lon": 77}},
    {"trait": "home", "op": "within_km", "value": {"lat": 95, "lon": 77, "km": 1}},
    {"not": []},
]


@pytest.mark.parametrize("document", examples(), ids=str)
def test_what_is_right_is_right_for_both(document):
    parse_condition(document)
    VALID.validate(document)


@pytest.mark.parametrize("document", WRONG, ids=str)
def test_what_is_wrong_is_wrong_for_both(document):
    with pytest.raises(Malformed):
        parse_condition(document)
    assert not VALID.is_valid(document)


@pytest.mark.parametrize("seed", range(20))
def test_random_documents_are_right_for_both(seed):
    documents = Documents(Random(seed), START, ("vip",))
    for _ in range(30):
        document = documents.tree(3)
        parse_condition(document)
        VALID.validate(document)


def test_every_leaf_says_all_of_its_fields():
    assert {name: set(leaf.schema()["properties"]) for name, leaf in LEAVES.items()} == {
        name: set(leaf.fields) for name, leaf in LEAVES.items()
    }


def test_every_operator_and_measure_is_in_the_schema():
    named = condition_schema()["$defs"]
    assert set(named["op"]["enum"]) == set(OPERATORS)
    assert {next(iter(one["properties"])) for one in named["measure"]["anyOf"]} == set(MEASURES)


SEGMENTS = [
    ({"kind": "segment", "key": "vip", "when": {"event": X}}, True),
    ({"kind": "segment", "key": "vip", "list": True}, True),
    ({"kind": "segment", "key": "vip", "name": "VIP", "state": "draft", "when": {"trait": "a", "op": "exists"}}, True),
    ({"kind": "segment", "key": "vip", "list": True, "when": {"event": X}}, False),
    ({"kind": "segment", "key": "vip"}, False),
    ({"kind": "segment", "key": "vip", "when": {"event": X}, "colour": "red"}, False),
    ({"kind": "segment", "key": "vip", "when": {"trait": "city"}}, False),
]


@pytest.mark.parametrize(("document", "right"), SEGMENTS)
def test_segments_are_described_too(document, right):
    assert jsonschema_rs.Draft202012Validator(segment_schema()).is_valid(document) is right
    if right:
        SEGMENT.read(document)
    else:
        with pytest.raises(Malformed):
            SEGMENT.read(document)
