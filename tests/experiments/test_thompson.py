"""Thompson sampling: what brings more is drawn more, and the same draw is the same for ever."""

from __future__ import annotations

from collections import Counter

import pytest

from hourglass.experiments import ArmCount, thompson


def draws(number: int, day: str = "2026-03-01") -> list[tuple[str, ...]]:
    return [("journey 1", "lot", f"{n}", day) for n in range(number)]


def test_arms_that_nobody_knows_anything_about_get_alike() -> None:
    drawn = Counter(thompson({"a": ArmCount(), "b": ArmCount()}, draws(2000), explore=0))
    assert drawn["a"] == pytest.approx(1000, abs=100)


def test_the_surer_it_is_the_more_go_to_the_better_arm_and_some_explore_for_ever() -> None:
    def better(times: int, explore: float = 0) -> int:
        known = {"a": ArmCount(drawn=10 * times, rewarded=times), "b": ArmCount(drawn=10 * times, rewarded=2 * times)}
        return Counter(thompson(known, draws(1000), explore=explore))["b"]

    assert 550 < better(1) < better(10) < 1000
    assert better(1000) == 1000
    assert better(1000, explore=0.2) == pytest.approx(900, abs=40)


def test_the_same_draw_is_the_same_again_whatever_is_drawn_beside_it() -> None:
    known = {"a": ArmCount(drawn=9, rewarded=3), "b": ArmCount(drawn=8, rewarded=2)}
    all_ = thompson(known, draws(50), explore=0.1)
    assert thompson(dict(reversed(known.items())), draws(50)[10:20], explore=0.1) == all_[10:20]
    assert thompson(known, draws(50, "2026-03-02"), explore=0.1) != all_
