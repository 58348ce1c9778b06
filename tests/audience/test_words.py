"""Conditions read aloud: what people see who did not write them, in English and in Russian."""

from __future__ import annotations

import pytest

from hourglass.audience import OPERATORS, describe, parse_condition
from hourglass.audience.measures import MEASURES

ALOUD = [
    (
        {"event": "Order Completed", "value": 1, "within": "1d"},
        "did “Order Completed” in the last day",
        "событие «Order Completed» за последний день",
    ),
    (
        {"event": "Order Completed", "op": "exactly", "value": 2, "within": "21d"},
        "did “Order Completed”, exactly 2 times in the last 21 days",
        "событие «Order Completed», ровно 2 раза за последний 21 день",
    ),
    (
        {"event": "Order Completed", "op": "between", "value": [2, 5], "since": "this_month"},
        "did “Order Completed”, between 2 and 5 times since this month began",
        "событие «Order Completed», от 2 до 5 раз с начала месяца",
    ),
    (
        {"event": "Order Completed", "op": "at_most", "value": 1, "since": "2026-01-31", "until": "2026-03-01"},
        "did “Order Completed”, at most 1 time since 2026-01-31 and before 2026-03-01",
        "событие «Order Completed», не больше 1 раза с 2026-01-31 и до 2026-03-01",
    ),
    (
        {"event": "Order Completed", "measure": {"days_since": True}, "op": "more_than", "value": 30},
        "did “Order Completed”, more than 30 days since the last time",
        "событие «Order Completed», с последнего раза прошло больше 30 дней",
    ),
    (
        {"event": "Order Completed", "measure": {"days_since": True}, "op": "exactly", "value": 1},
        "did “Order Completed”, exactly 1 day since the last time",
        "событие «Order Completed», с последнего раза прошло ровно 1 день",
    ),
    (
        {
            "event": "Order Completed",
            "measure": {"share": {"where": [{"property": "products.category", "value": "shoes"}]}},
            "value": 60,
        },
        "did “Order Completed”, share where products.category is “shoes”: at least 60 %",
        "событие «Order Completed», доля, где products.category равно «shoes»: не меньше 60 %",
    ),
    (
        {
            "event": "Order Completed",
            "measure": {"sum": "revenue"},
            "op": "between",
            "value": [100, 200.5],
            "within": "12h",
        },
        "did “Order Completed”, sum of revenue between 100 and 200.5 in the last 12 hours",
        "событие «Order Completed», сумма revenue от 100 до 200.5 за последние 12 часов",
    ),
    (
        {"event": "Order Completed", "measure": {"distinct": "products.product_id"}, "value": 3},
        "did “Order Completed”, different products.product_id: at least 3",
        "событие «Order Completed», разных products.product_id: не меньше 3",
    ),
    (
        {"event": "Order Completed", "measure": {"first": True}, "op": "before", "value": "2026-01-01"},
        "did “Order Completed”, the first time is before 2026-01-01",
        "событие «Order Completed», первый раз раньше 2026-01-01",
    ),
    (
        {"event": "Order Completed", "measure": {"last": "category"}, "op": "one_of", "value": ["shoes", "hats"]},
        "did “Order Completed”, the last category is “shoes” or “hats”",
        "событие «Order Completed», последнее category — «shoes» или «hats»",
    ),
    (
        {"event": "Order Completed", "measure": {"first": True}, "op": "birthday_in", "value": 7},
        "did “Order Completed”, the first time comes round within 7 days",
        "событие «Order Completed», первый раз — годовщина в ближайшие 7 дней",
    ),
    (
        {
            "event": "Order Completed",
            "where": [
                {"property": "at", "op": "weekday", "value": ["sat", "sun"]},
                {"property": "at", "op": "hour", "value": "22..6"},
            ],
            "local": True,
        },
        (
            "did “Order Completed”, where its time is on Saturday or Sunday and its time is in the "
            "hour 22–6 (by the customer's clock)"
        ),
        (
            "событие «Order Completed», где время приходится на субботу или воскресенье и время в "
            "часы: 22–6 (по часам клиента)"
        ),
    ),
    (
        {
            "event": "Product Viewed",
            "where": [{"property": "name", "op": "contains_ignoring_case", "value": "чай"}],
            "value": 5,
            "within": "2m",
        },
        (
            "did “Product Viewed”, at least 5 times, where name contains “чай” (in capital or small "
            "letters) in the last 2 minutes"
        ),
        "событие «Product Viewed», не меньше 5 раз, где name содержит «чай» (без учёта регистра) за последние 2 минуты",
    ),
    (
        {"trait": "city", "op": "none_of", "value": ["Алматы", "Астана", "Омск"]},
        "city is not “Алматы”, “Астана” or “Омск”",
        "city — не «Алматы», «Астана» или «Омск»",
    ),
    (
        {"trait": "birthday", "op": "birthday_in", "value": "3..7"},
        "birthday comes round in 3–7 days",
        "birthday — годовщина через 3–7 дней",
    ),
    (
        {"trait": "trial_ends", "op": "in_next", "value": "1h"},
        "trial_ends is in the next hour",
        "trial_ends в ближайший час",
    ),
    (
        {"trait": "trial_ends", "op": "in_last", "value": "1m"},
        "trial_ends is in the last minute",
        "trial_ends за последнюю минуту",
    ),
    (
        {"trait": "tags", "op": "includes_all", "value": ["vip", "new"]},
        "tags includes “vip” and “new”",
        "tags включает «vip» и «new»",
    ),
    (
        {"trait": "tags", "op": "size_at_least", "value": 2},
        "tags has at least 2 elements",
        "tags содержит не меньше 2 элементов",
    ),
    (
        {"trait": "tags", "op": "size_exactly", "value": 1},
        "tags has exactly 1 element",
        "tags содержит ровно 1 элемент",
    ),
    (
        {"trait": "home", "op": "within_km", "value": {"lat": 43.24, "lon": 76.95, "km": 25}},
        "home is within 25 km of 43.24, 76.95",
        "home не дальше 25 км от точки 43.24, 76.95",
    ),
    (
        {"trait": "joined", "op": "on", "value": "2026-01-31"},
        "joined is on 2026-01-31",
        "joined приходится на 2026-01-31",
    ),
    (
        {"trait": "joined", "op": "month", "value": [12, 1, 2]},
        "joined is in month 12–2",
        "joined в месяце 12–2",
    ),
    (
        {"trait": "subscribed", "op": "is_true"},
        "subscribed is true",
        "subscribed — да",
    ),
    (
        {"not": {"trait": "phone", "op": "exists"}},
        "not (phone is known)",
        "не (phone — известно)",
    ),
    (
        {
            "all": [
                {"trait": "city", "value": "Алматы"},
                {
                    "any": [
                        {"event": "Order Completed", "value": 21, "within": "90d"},
                        {"trait": "vip", "op": "is_true"},
                    ]
                },
            ]
        },
        "city is “Алматы” and (did “Order Completed”, at least 21 times in the last 90 days or vip is true)",
        "city равно «Алматы» и (событие «Order Completed», не меньше 21 раза за последние 90 дней или vip — да)",
    ),
]


@pytest.mark.parametrize(("document", "english", "russian"), ALOUD)
def test_it_reads_well(document, english, russian):
    condition = parse_condition(document)
    assert (describe(condition), describe(condition, "ru")) == (english, russian)


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_has_its_words(name):
    right = OPERATORS[name].examples[0][1]
    condition = parse_condition({"trait": "it", "op": name} | ({} if right is None else {"value": right}))
    english, russian = describe(condition), describe(condition, "ru")
    assert english.startswith("it ")
    assert russian.startswith("it ")
    assert english != russian
    assert not {"{", "}", "[", "]"} & set((english + russian).replace(str(right), ""))


def test_every_measure_has_its_words():
    asked = {"nothing": True, "property": "score", "either": True, "share": {"where": [{"property": "a", "value": 1}]}}
    for name, measure in MEASURES.items():
        op = {"op": "before", "value": "2026-01-31"} if measure.takes == "either" else {"op": "at_least", "value": 2}
        condition = parse_condition({"event": "A", "measure": {name: asked[measure.takes]}, **op})
        assert describe(condition) != describe(condition, "ru")
        assert "{" not in describe(condition) + describe(condition, "ru")


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 раза"), (2, "2 раз"), (5, "5 раз"), (11, "11 раз"), (21, "21 раза"), (111, "111 раз")],
)
def test_russian_genitive(number, said):
    assert describe(parse_condition({"event": "A", "op": "at_most", "value": number}), "ru").endswith(
        f"не больше {said}"
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 раз"), (2, "2 раза"), (4, "4 раза"), (5, "5 раз"), (12, "12 раз"), (22, "22 раза"), (1.5, "1.5 раза")],
)
def test_russian_nominative(number, said):
    assert describe(parse_condition({"event": "A", "op": "exactly", "value": number}), "ru").endswith(f"ровно {said}")
