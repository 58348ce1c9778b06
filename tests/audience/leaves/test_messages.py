"""Facts about the last messages, by hand and against a naive count."""

from __future__ import annotations

import operator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hourglass.audience import describe, parse_condition
from hourglass.kernel import Malformed
from tests.audience.leaves.frames import Told, ago, ask, due, who
from tests.audience.leaves.living import did, members, segments

SENT, OPENED, CLICKED = "Message Sent", "Message Opened", "Message Clicked"


def sent(number: int, days: float, **more: Any) -> Told:
    return (1, SENT, ago(days=days), {"message_id": number, "channel": "email", **more})


def news(event: str, number: int, days: float, **more: Any) -> Told:
    return (1, event, ago(days=days), {"message_id": number, **more})


def opened(least: int, last: int = 10, **more: Any) -> dict[str, Any]:
    return {"messages": {"last": last}, "did": "opened", "value": least, **more}


def test_only_the_last_messages_count():
    told = [sent(1, 9), news(OPENED, 1, 8), sent(2, 5), sent(3, 4), news(OPENED, 3, 1), news(OPENED, 3, 0.5)]
    assert who(opened(2), told) == [1]
    assert who(opened(2, last=2), told) == []
    assert who(opened(1, last=2), told) == [1]
    assert who(opened(1, last=1), told) == [1]


def test_an_old_message_that_is_opened_late_is_still_an_old_message():
    assert who(opened(1, last=1), [sent(1, 9), sent(2, 5), news(OPENED, 1, 1)]) == []


def test_none_of_the_last_also_holds_where_none_was_sent():
    none = {"messages": {"last": 3}, "did": "opened", "op": "exactly", "value": 0}
    assert who(none, [sent(1, 9), sent(2, 5)], subjects=[2]) == [1, 2]
    assert who({"all": [none, {"event": SENT, "value": 2}]}, [sent(1, 9), sent(2, 5)], subjects=[2]) == [1]


def test_machines_do_not_count_and_a_click_is_an_open():
    assert who(opened(1), [sent(1, 2), news(OPENED, 1, 1, by="proxy")]) == []
    assert who(opened(1), [sent(1, 2), news(OPENED, 1, 1, by="proxy"), news(OPENED, 1, 1, by="human")]) == [1]
    assert who(opened(1), [sent(1, 2), news(CLICKED, 1, 1)]) == [1]
    assert who(opened(1) | {"did": "clicked"}, [sent(1, 2), news(OPENED, 1, 1)]) == []


def test_filters_choose_which_messages_are_counted():
    told = [sent(1, 3, journey="cart"), news(OPENED, 1, 2), sent(2, 1, journey="welcome")]
    assert who({"messages": {"last": 1, "journey": "cart"}, "did": "opened"}, told) == [1]
    assert who({"messages": {"last": 1}, "did": "opened"}, told) == []
    assert who({"messages": {"last": 1, "channel": "sms"}, "did": "opened"}, told) == []


def test_a_part_of_them_in_percent_and_none_of_none_is_no_part():
    told = [sent(1, 4), sent(2, 3), sent(3, 2), news(OPENED, 1, 1), news(OPENED, 2, 1)]
    half = {"messages": {"last": 10}, "did": "opened", "unit": "percent", "op": "at_least"}
    assert who(half | {"value": 66}, told) == [1]
    assert who(half | {"value": 67}, told) == []
    assert who(half | {"value": 0, "op": "exactly"}, [], subjects=[1]) == []


def test_the_window_moves_on_by_itself():
    document, told = opened(1, within="30d"), [sent(1, 29), news(OPENED, 1, 2)]
    flip = ago(days=29) + timedelta(days=30, microseconds=1)
    assert due(document, told) == {1: flip}
    assert who(document, told, flip - timedelta(microseconds=1)) == [1]
    assert who(document, told, flip) == []


@settings(max_examples=40)
@given(st.integers(0, 10**9), st.integers(1, 4), st.sampled_from(["at_least", "exactly"]), st.integers(0, 3))
def test_it_agrees_with_a_naive_count(seed, last, op, value):
    chance = Random(seed)
    told: list[Told] = []
    for one in range(30):
        for number in range(chance.randint(0, 6)):
            told.append((one, SENT, ago(hours=chance.randint(0, 5)), {"message_id": number}))
            if chance.random() < 0.6:
                by = chance.choice([None, "human", "proxy"])
                told.append((one, OPENED, ago(hours=0), {"message_id": number, "by": by}))
    chance.shuffle(told)
    document = {"messages": {"last": last}, "did": "opened", "op": op, "value": value}
    answers = ask({"it": document}, told, subjects=range(30))
    for subject, holds, flips in answers.select("subject", "it", "due").iter_rows():
        assert holds is _naive(told, subject, last, op, value)
        assert flips is None


def _naive(told: list[Told], subject: int, last: int, op: str, value: int) -> bool:
    mine = sorted(
        ((one[2], place, one) for place, one in enumerate(told) if one[0] == subject), key=lambda one: one[:2]
    )
    messages = [one[3]["message_id"] for _, _, one in mine if one[1] == SENT]  # type: ignore[misc]
    humans = {one[3]["message_id"] for _, _, one in mine if one[1] == OPENED and one[3]["by"] in (None, "human")}  # type: ignore[misc]
    count = sum(number in humans for number in messages[-last:])
    return {"at_least": operator.ge, "exactly": operator.eq}[op](count, value)


def test_it_lives_in_the_tick(shop):
    segments(shop, awake=opened(1, last=2))
    for number in (1, 2, 3):
        shop.send(did("anna", SENT, message_id=number, channel="email"))
        shop.tick(timedelta(hours=1))
    assert members(shop, "awake") == set()
    shop.send(did("anna", OPENED, message_id=2))
    shop.tick(timedelta(hours=1))
    assert members(shop, "awake") == {"anna"}
    shop.send(did("anna", SENT, message_id=4, channel="email"))
    shop.tick(timedelta(hours=1))
    assert members(shop, "awake") == set()


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"messages": {"last": 0}, "did": "opened"}, "condition.messages.last"),
        ({"messages": {"latest": 5}, "did": "opened"}, "condition.messages.latest"),
        ({"messages": {}, "did": "openned"}, "condition.did"),
        ({"messages": {}, "did": "opened", "op": "contains", "value": "x"}, "condition.op"),
        ({"messages": {}, "did": "opened", "unit": "part", "value": 1}, "condition.unit"),
        ({"messages": {}, "did": "opened", "unit": "percent"}, "condition.value"),
    ],
)
def test_a_mistake_is_named_with_its_path(document, path):
    with pytest.raises(Malformed) as refused:
        parse_condition(document)
    assert refused.value.path == path


def test_words_in_both_languages():
    document = {
        "messages": {"last": 10, "channel": "email"},
        "did": "opened",
        "op": "exactly",
        "value": 0,
        "within": "90d",
    }
    assert (
        describe(parse_condition(document)) == "of the last 10 messages (email) in the last 90 days, opened: exactly 0"
    )
    assert describe(parse_condition(document), "ru").startswith(
        "из последних 10 сообщений (email) за последние 90 дней"
    )
