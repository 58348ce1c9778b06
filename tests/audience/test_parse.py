"""What cannot be right is refused with its place."""

from __future__ import annotations

import pytest

from hourglass.audience import describe, parse_condition
from hourglass.kernel import Malformed

WRONG = {
    "nothing": ({}, "condition"),
    "two forms": ({"trait": "a", "event": "B"}, "condition"),
    "unknown operator": ({"all": [{"trait": "city", "op": "equls", "value": "x"}]}, "condition.all[0].op"),
    "empty list": ({"any": []}, "condition.any"),
    "no span": ({"event": "Order Completed", "within": "90 days"}, "condition.within"),
    "both windows": ({"event": "X", "within": "1d", "since": "2026-01-01"}, "condition.within"),
    "a text where a number stands": ({"event": "X", "value": "2"}, "condition.value"),
    "strange field": ({"event": "X", "wihtin": "1d"}, "condition.wihtin"),
    "a name that frames need": (
        {"event": "X", "where": [{"property": "subject", "value": "a"}]},
        "condition.where[0].property",
    ),
    "the same in a measure": ({"event": "X", "measure": {"sum": "at_us"}, "value": 1}, "condition.measure.sum"),
    "two measures": ({"event": "X", "measure": {"sum": "a", "avg": "b"}}, "condition.measure"),
    "deep": ({"not": {"not": {"trait": 5}}}, "condition.not.not.trait"),
    "a list for one": ({"trait": "city", "op": "equals", "value": ["a"]}, "condition.value"),
}


@pytest.mark.parametrize(("document", "path"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_named_with_its_path(document, path):
    with pytest.raises(Malformed) as refused:
        parse_condition(document)
    assert refused.value.path == path


def test_nesting_has_a_limit():
    document: dict = {"trait": "a", "op": "exists"}
    for _ in range(30):
        document = {"not": document}
    with pytest.raises(Malformed, match="deeper than"):
        parse_condition(document)


def test_words_in_both_languages():
    condition = parse_condition(
        {"all": [{"trait": "city", "value": "Алматы"}, {"event": "Order Completed", "value": 2, "within": "90d"}]}
    )
    assert describe(condition) == "city is “Алматы” and did “Order Completed”, at least 2 times in the last 90 days"
    assert (
        describe(condition, "ru")
        == "city равно «Алматы» и событие «Order Completed», не меньше 2 раз за последние 90 дней"
    )
