"""Slips of the pen in a journey: refused with the place, the reason, and what would be right."""

from __future__ import annotations

from typing import Any

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed

RIGHT: dict[str, Any] = {"key": "walk", "entry": {"event": "Product Added"}, "steps": [{"wait": "1h"}]}
GOLD = {"trait": "level", "op": "equals", "value": "gold"}


def refused(document: dict[str, Any]) -> Malformed:
    with pytest.raises(Malformed) as said:
        read_journey(document)
    return said.value


@pytest.mark.parametrize(
    ("wrong", "place", "says"),
    [
        ({"statte": "live"}, "statte", "Did you mean “state”?"),
        ({"name": ["x"]}, "name", "is a text"),
        ({"topic": 5}, "topic", "put it in quotes"),
        ({"reentry": {"after": "0d"}}, "reentry.after", "`after_exit`"),
        ({"entry": "Product Added"}, "entry", "{event: Product Added}"),
        ({"entry": {"evnt": "Product Added"}}, "entry", "Did you mean “event”?"),
        ({"entry": {"event": "A", "api": True}}, "entry", "here are event and api"),
        ({"entry": {"event": "A", "wher": []}}, "entry.wher", "Did you mean “where”?"),
        ({"entry": {"order": "payed"}}, "entry.order", "Did you mean “paid”?"),
        ({"entry": {"schedule": {"every": "hour"}, "segment": "vip"}}, "entry.schedule.every", "“hour” is no rhythm"),
        ({"steps": {"wait": "1h"}}, "steps", "each with a dash"),
    ],
)
def test_around_the_steps(wrong, place, says):
    error = refused(RIGHT | wrong)
    assert (error.path, says in error.sentence) == (place, True), error.sentence


@pytest.mark.parametrize(
    ("step", "place", "says"),
    [
        ("wait", "steps[0]", "here stands “wait”"),
        ({}, "steps[0]", "says nothing of what it does"),
        ({"wiat": "1h"}, "steps[0]", "Did you mean “wait”?"),
        ({"wait": "1h", "exit": True}, "steps[0]", "This step says wait and exit: make a step of each."),
        ({"wait": "1h", "jiter": "1m"}, "steps[0]", "Did you mean “jitter”?"),
        ({"wait": {"unti": "09:00"}}, "steps[0].wait", "Did you mean “until”?"),
        ({"throttle": {"atmost": 5, "per": "1h"}}, "steps[0].throttle", "Did you mean “at_most”?"),
        ({"branch": [{"when": GOLD, "then": []}]}, "steps[0].branch[0]", "“then” is not known here"),
        ({"branch": [{"do": []}]}, "steps[0].branch[0]", "lacks `when`"),
        ({"branch": [{"else": []}]}, "steps[0].branch[0]", "`else` comes last, after one"),
        ({"branch": [{"else": []}, {"when": GOLD, "do": []}]}, "steps[0].branch[0]", "`else` comes last"),
    ],
)
def test_in_a_step(step, place, says):
    error = refused(RIGHT | {"steps": [step]})
    assert (error.path, says in error.sentence) == (place, True), error.sentence
