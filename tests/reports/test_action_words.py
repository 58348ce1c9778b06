"""Whatever a step can ask for is said in both languages."""

from __future__ import annotations

import pytest

from hourglass.journeys.steps import Effect
from hourglass.reports.words import effect_words, happening_words

TAGS = [str(effect.__struct_config__.tag) for effect in Effect.__subclasses__()]


@pytest.mark.parametrize("tag", TAGS)
def test_an_effect_has_words(tag):
    words = effect_words(tag)
    assert words["en"] != words["ru"]
    assert words["ru"] in happening_words("did", {"effect": words})["ru"]


def test_why_an_effect_was_left_out_is_said():
    told = {"effect": effect_words("list"), "why": "There is no list “vips”."}
    assert happening_words("not_done", told)["en"] == "Not done: a list is changed. There is no list “vips”."
