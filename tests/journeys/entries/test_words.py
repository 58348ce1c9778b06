"""What lets people in, as a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from hourglass.journeys.ways.reading import read_entry
from hourglass.journeys.ways.words import entry_words

WEEKLY = {"schedule": {"every": "week"}, "segment": "vip"}


@pytest.mark.parametrize(
    ("entry", "en", "ru"),
    [
        ({"order": "shipped"}, "“Order Shipped” happens", "происходит «Order Shipped»"),
        ({"form": "gift"}, "“Form Submitted” happens with certain details",
         "происходит «Form Submitted» с нужными подробностями"),
        ({"segment": "vip", "on": "left"}, "they leave the segment “vip”", "человек выходит из сегмента «vip»"),
        ({"segment": "vip", "existing": True}, "they enter the segment “vip”, or are in it at the start",
         "человек входит в сегмент «vip» или уже состоит в нём при запуске"),
        (WEEKLY, "it is time, for the segment “vip”", "подходит время, для сегмента «vip»"),
        ({"date": "birthday"}, "it is the day of “birthday”, at 10:00", "наступает дата «birthday», в 10:00"),
        ({"date": "visit", "offset": "-3d", "at": 540}, "it is 3 d before “visit”, at 09:00",
         "3 дн. до даты «visit», в 09:00"),
        ({"manual": True}, "they are put in by a program or by hand", "человека вводят программой или вручную"),
    ],
)  # fmt: skip
def test_each_way_in_has_its_words(entry: dict[str, Any], en: str, ru: str) -> None:
    assert entry_words(read_entry(entry)) == {"en": en, "ru": ru}
