"""Arms that do not have the people they were promised."""

from __future__ import annotations

import numpy as np
import pytest

from hourglass.experiments import check_ratio
from hourglass.experiments.ratio import chi_square_tail

HALVES = {"a": 1.0, "b": 1.0}


@pytest.mark.parametrize(
    ("value", "degrees", "tail"),
    [(3.841459, 1, 0.05), (5.991465, 2, 0.05), (10.82757, 1, 0.001), (7.814728, 3, 0.05), (18.46683, 4, 0.001),
     (15.0863, 5, 0.01), (0.0, 1, 1.0), (0.0, 2, 1.0)],
)  # fmt: skip
def test_the_tail_is_that_of_the_tables(value: float, degrees: int, tail: float) -> None:
    assert chi_square_tail(value, degrees) == pytest.approx(tail, rel=1e-4)


def test_a_group_that_loses_people_is_found() -> None:
    """Every fifteenth message of one arm never got counted: nobody sees that by eye."""
    found = check_ratio({"control": 1000, "treated": 8400}, {"control": 10, "treated": 90})
    assert found.expected == {"control": 940, "treated": 8460}
    assert found.p_value == pytest.approx(0.0391, abs=0.0005)
    assert not found.mismatch
    found = check_ratio({"control": 10_000, "treated": 84_000}, {"control": 10, "treated": 90})
    assert found.mismatch
    assert found.p_value < 1e-9


def test_chance_alone_is_hardly_ever_blamed_however_often_one_looks() -> None:
    chance = np.random.default_rng(6)
    blamed = textbook = 0
    for _ in range(300):
        inside = np.cumsum(chance.random(10_000) < 0.5)[99::100]
        looks = [check_ratio({"a": int(n), "b": (i + 1) * 100 - int(n)}, HALVES) for i, n in enumerate(inside)]
        blamed += any(one.mismatch for one in looks)
        textbook += any(one.p_value < 0.001 for one in looks)
    assert blamed <= 1
    assert textbook >= blamed


def test_more_than_two_arms_are_weighed_together() -> None:
    three = {"a": 1.0, "b": 1.0, "c": 2.0}
    assert not check_ratio({"a": 2500, "b": 2450, "c": 5050}, three).mismatch
    assert check_ratio({"a": 2500, "b": 2200, "c": 5300}, three).mismatch


def test_people_in_an_arm_that_was_promised_nobody_are_a_mismatch() -> None:
    found = check_ratio({"a": 100, "b": 100, "ghost": 1}, HALVES)
    assert found.mismatch
    assert found.p_value == 0


def test_nobody_is_no_mismatch() -> None:
    assert not check_ratio({}, HALVES).mismatch
