"""Arms are drawn by lot, in proportion, and as few people as possible move when arms change."""

from __future__ import annotations

from collections import Counter

import pytest

from hourglass.experiments import assign, kept_out, read_control
from hourglass.kernel import Malformed

PEOPLE = [str(n) for n in range(4000)]


def arms(weights: dict[str, float], salt: str = "", experiment: str = "banner") -> dict[str, str]:
    return {person: assign(experiment, salt, person, weights) for person in PEOPLE}


def test_each_arm_gets_its_share() -> None:
    counted = Counter(arms({"a": 1, "b": 1, "c": 2}).values())
    assert [counted[arm] / len(PEOPLE) for arm in "abc"] == pytest.approx([0.25, 0.25, 0.5], abs=0.03)


def test_a_new_arm_takes_people_and_moves_nobody_between_the_others() -> None:
    before, after = arms({"a": 50, "b": 50}), arms({"a": 50, "b": 50, "c": 25})
    moved = {person for person in PEOPLE if before[person] != after[person]}
    assert {after[person] for person in moved} == {"c"}
    assert len(moved) / len(PEOPLE) == pytest.approx(0.2, abs=0.03)


def test_a_weight_that_grows_only_takes() -> None:
    before, after = arms({"a": 90, "b": 10}), arms({"a": 90, "b": 90})
    assert {after[person] for person in PEOPLE if before[person] != after[person]} == {"b"}


def test_order_and_scale_of_the_weights_mean_nothing() -> None:
    assert arms({"a": 1, "b": 3}) == arms({"b": 75, "a": 25})


def test_an_arm_without_weight_gets_nobody() -> None:
    assert set(arms({"a": 1, "b": 0}).values()) == {"a"}
    with pytest.raises(ValueError, match="banner"):
        assign("banner", "", "1", {"a": 0})


def test_experiments_and_salts_draw_independently() -> None:
    weights = {"a": 1.0, "b": 1.0}
    first = arms(weights)
    for other in (arms(weights, salt="2"), arms(weights, experiment="footer")):
        same = sum(first[person] == other[person] for person in PEOPLE)
        assert same / len(PEOPLE) == pytest.approx(0.5, abs=0.03)


def test_the_answer_is_the_same_on_every_machine() -> None:
    """Written down: a change of the method would move people of running experiments."""
    weights = {"a": 1.0, "b": 1.0, "c": 1.0}
    assert "".join(assign("banner", "", str(n), weights) for n in range(24)) == "cabaacabccaaababacccaaab"


def test_a_larger_control_group_lets_nobody_back_in() -> None:
    five, ten = ({person for person in PEOPLE if kept_out("journey:cart", person, share)} for share in (5, 10))
    assert five < ten
    assert len(ten) / len(PEOPLE) == pytest.approx(0.1, abs=0.02)
    assert not any(kept_out("journey:cart", person, 0) for person in PEOPLE)


@pytest.mark.parametrize(("written", "percent"), [(10, 10), (2.5, 2.5), ("10%", 10), ("0.5 %", 0.5), (0, 0)])
def test_a_control_group_is_so_many_of_a_hundred(written: object, percent: float) -> None:
    assert read_control(written) == percent


@pytest.mark.parametrize("written", [True, -1, 51, "ten", "nan", None, [10]])
def test_any_other_control_group_is_refused_with_its_place(written: object) -> None:
    with pytest.raises(Malformed) as refused:
        read_control(written)
    assert refused.value.path == "control"
