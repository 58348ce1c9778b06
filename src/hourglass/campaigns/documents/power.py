"""How many people a test needs before its numbers can tell variants apart."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from hourglass.campaigns.documents.tryout import WinnerBy
from hourglass.experiments import critical

USUAL: Mapping[WinnerBy, float] = {
    "opens": 0.25, "clicks": 0.03, "orders": 0.01, "revenue": 0.01, "unsubscribes": 0.003,
}  # fmt: skip
"""How many of those who get a newsletter do it as a rule."""
LIFT = 0.25
"""The difference worth finding: a quarter more."""
_EIGHT_OF_TEN = 0.84  # standard errors: so often it is found when it is there
_UNEVEN_SUMS = 2.0
"""Sums of orders spread about as widely as they are large, which doubles the variance."""
_ROUNDS = 8


def people_needed(winner_by: WinnerBy, alpha: float) -> int:
    """For each variant, until an interval that may be looked at any time shows such a difference in 8 tests of 10.

    The usual sample size of two shares, n = (z_alpha + z_beta)² 2 p (1 - p) / d² (Fleiss, Levin and Paik 2003, 4.2),
    with the always-valid interval in the place of z_alpha; that depends on n, so it is found by repetition.
    """
    usual = USUAL[winner_by]
    spread = 2 * usual * (1 - usual) * (_UNEVEN_SUMS if winner_by == "revenue" else 1.0)
    needed = 1000.0
    for _ in range(_ROUNDS):
        needed = (critical(round(2 * needed), alpha) + _EIGHT_OF_TEN) ** 2 * spread / (LIFT * usual) ** 2
    return ceil(needed)
