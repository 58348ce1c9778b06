"""Samples: even, the same for ever, one inside the other, and independent of each other."""

from __future__ import annotations

import polars as pl
import pytest

from hourglass.audience import describe, parse_condition
from hourglass.audience.columns.chance import PLACES, place
from hourglass.kernel import Malformed
from tests.audience.leaves.frames import who

COUNT = 200_000
PEOPLE = pl.DataFrame({"subject": range(1, COUNT + 1)}).with_columns(pl.col("subject").alias("person:id"))


def drawn(percent: float, salt: str = "spring") -> set[int]:
    return set(who({"sample": {"percent": percent, "salt": salt}}, [], people=PEOPLE))


@pytest.mark.parametrize("salt", ["spring", "a", "журнал"])
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_every_place_is_as_likely_as_any_other(salt, step):
    places = PEOPLE.select(place(pl.col("subject") * step, salt) * 100 // PLACES)["subject"]
    counts = places.value_counts()["count"]
    expected = COUNT / 100
    chi_square = sum((count - expected) ** 2 / expected for count in counts)
    # 99 degrees of freedom: 99 on average, and 60 to 150 in 999 of 1,000 cases.
    assert len(counts) == 100
    assert 60 < chi_square < 150


def test_a_column_and_a_number_fall_the_same_way():
    column = PEOPLE.head(1000).select(place(pl.col("subject"), "spring"))["subject"].to_list()
    assert column == [place(number, "spring") for number in range(1, 1001)]


def test_it_is_the_same_for_ever():
    assert [place(number, "spring") for number in (1, 2, 3, 10**12)] == [9966, 1078, 5864, 9272]


def test_a_smaller_sample_lies_inside_a_larger_one():
    ten, twenty = drawn(10), drawn(20)
    assert ten < twenty
    assert len(ten) == pytest.approx(COUNT / 10, rel=0.03)


def test_samples_of_other_salts_have_no_more_in_common_than_chance_has():
    for salt in ("summer", "autumn", "winter"):
        assert len(drawn(10) & drawn(10, salt)) == pytest.approx(COUNT / 100, rel=0.1)


def test_nobody_and_everybody():
    assert not drawn(0)
    assert len(drawn(100)) == COUNT


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"percent": 101, "salt": "a"}, "condition.sample.percent"),
        ({"percent": 0.001, "salt": "a"}, "condition.sample.percent"),
        ({"percent": 10}, "condition.sample.salt"),
        ({"percent": 10, "salt": "a", "seed": 1}, "condition.sample.seed"),
    ],
)
def test_a_mistake_is_named_with_its_path(asked, path):
    with pytest.raises(Malformed) as refused:
        parse_condition({"sample": asked})
    assert refused.value.path == path


def test_words():
    condition = parse_condition({"sample": {"percent": 2.5, "salt": "spring"}})
    assert describe(condition) == "is in the 2.5 % sample “spring”"
    assert describe(condition, "ru") == "попадает в выборку «spring» из 2.5 %"
