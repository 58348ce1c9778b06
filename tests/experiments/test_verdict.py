"""One sentence for people: what makes the rest unbelievable first, then harm, then the goal that is known best."""

from __future__ import annotations

import pytest
from msgspec import Struct

from hourglass.experiments import Ratio
from hourglass.experiments.verdict import verdict

FAIR = Ratio(expected={}, p_value=0.4, mismatch=False)


class Seen(Struct):
    low: float | None
    high: float | None


UP, DOWN, OPEN, EARLY = Seen(1, 2), Seen(-2, -1), Seen(-1, 1), Seen(None, None)


@pytest.mark.parametrize(
    ("effects", "code", "metric"),
    [
        ({"revenue": UP, "complained": UP}, "harmful", "complained"),
        ({"revenue": UP, "complained": DOWN}, "added", "revenue"),
        ({"revenue": OPEN, "orders": OPEN, "conversion": UP}, "added", "conversion"),
        ({"revenue": DOWN, "orders": UP}, "lost", "revenue"),
        ({"revenue": OPEN, "complained": EARLY}, "undecided", None),
        ({"revenue": EARLY, "orders": EARLY}, "too_early", None),
        ({}, "too_early", None),
    ],
    ids=str,
)
def test_the_sentence_is_about_what_matters_most(effects: dict[str, Seen], code: str, metric: str | None) -> None:
    found = verdict(FAIR, {"discount": effects})
    assert (found.code, found.metric) == (code, metric)
    assert set(found.words) == {"en", "ru"}
    if metric is not None:
        assert all("discount" in sentence for sentence in found.words.values())


def test_lost_people_are_said_before_anything_else() -> None:
    lost = Ratio(expected={}, p_value=0.0, mismatch=True)
    assert verdict(lost, {"discount": {"revenue": UP}}).code == "mismatch"


def test_beside_a_control_group_it_is_about_the_messages() -> None:
    found = verdict(FAIR, {"treated": {"revenue": UP}})
    assert found.words["en"] == "The messages add to revenue: that is certain."
