"""On a real randomised e-mail test our numbers are the textbook's, and our intervals its own, wider as is written."""

from __future__ import annotations

import csv
import gzip
from math import sqrt
from statistics import fmean, variance

import pytest
from msgspec import structs

from hourglass.experiments import Difference, check_ratio, difference
from tests.experiments.hillstrom import ARMS, FILE, OUTCOMES, arms, moments

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="the Hillstrom e-mail test is not beside the project (its licence is not ours to pass on)"
)
CONTRASTS = [(arm, base, outcome) for arm, base in (("mens", "none"), ("womens", "none"), ("mens", "womens"))
             for outcome in OUTCOMES]  # fmt: skip


def by_hand(arm: str, outcome: str) -> list[float]:
    """Read anew, without the loader."""
    with gzip.open(FILE, "rt", newline="") as lines:
        return [float(row[outcome]) for row in csv.DictReader(lines) if row["segment"] == ARMS[arm]]


@pytest.mark.parametrize(("arm", "base", "outcome"), CONTRASTS)
def test_the_difference_is_the_textbooks(arm: str, base: str, outcome: str) -> None:
    treated, control = by_hand(arm, outcome), by_hand(base, outcome)
    expected = fmean(treated) - fmean(control)
    error = sqrt(variance(treated) / len(treated) + variance(control) / len(control))
    found = plain(arm, base, outcome)
    assert found.estimate == pytest.approx(expected, abs=1e-9)
    assert (found.textbook_low, found.textbook_high) == pytest.approx(
        (expected - 1.959964 * error, expected + 1.959964 * error), abs=1e-9
    )
    assert found.low is not None
    assert found.high is not None
    assert found.low < expected < found.high
    assert 1.55 < (found.high - found.low) / (2 * 1.959964 * error) < 1.7


def test_what_the_e_mails_did_is_found() -> None:
    """One look finds all six effects; looked at every day, half of the customers prove four of them."""
    effects = {(arm, outcome): plain(arm, "none", outcome) for arm in ("mens", "womens") for outcome in OUTCOMES}
    assert all((one.textbook_low or 0) > 0 for one in effects.values())
    assert {name for name, one in effects.items() if one.certain} == {
        ("mens", "visit"), ("womens", "visit"), ("mens", "conversion"), ("womens", "spend"),
    }  # fmt: skip


def test_the_lots_were_drawn_fairly() -> None:
    people = {arm: frame.height for arm, frame in arms(FILE).items()}
    assert not check_ratio(people, dict.fromkeys(ARMS, 1.0)).mismatch


def test_last_years_spending_says_next_to_nothing_about_two_weeks() -> None:
    """CUPED is offered and declines: a correlation of a few hundredths."""
    found = arms(FILE)
    assert difference(moments(found["mens"], "spend"), moments(found["none"], "spend")).sharpened == 0


def plain(arm: str, base: str, outcome: str) -> Difference:
    """Without the past."""
    treated, control = (
        structs.replace(moments(arms(FILE)[name], outcome), before=0.0, before_variance=0.0, covariance=0.0)
        for name in (arm, base)
    )
    return difference(treated, control)
