"""What a campaign may say, and the place of every mistake."""

from __future__ import annotations

from typing import Any

import pytest

from hourglass.campaigns import read_campaign
from hourglass.kernel import Malformed
from tests.campaigns.desk import LETTER


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"colour": "red"}, "colour"),
        ({"segment": None}, "segment"),
        ({"when": {"trait": "city", "op": "exists"}}, "segment"),
        ({"segment": None, "when": {"trait": "city", "op": "equal"}}, "when.op"),
        ({"channel": ""}, "channel"),
        ({"template": 7}, "template"),
        ({"class": "both"}, "class"),
        ({"control": 60}, "control"),
        ({"control": True}, "control"),
        ({"schedule": "soon"}, "schedule"),
        ({"schedule": {"at": "on Monday"}}, "schedule.at"),
        ({"schedule": {"at": "2026-03-02T10:00+03:00", "local": True}}, "schedule.at"),
        ({"schedule": {"local": True}}, "schedule"),
    ],
)
def test_a_mistake_has_its_place(changes: dict[str, Any], path: str) -> None:
    document = {name: value for name, value in {**LETTER, **changes}.items() if value is not None}
    with pytest.raises(Malformed) as error:
        read_campaign(document)
    assert error.value.path == path
