"""What the statistics need to know of one arm: its people, how their outcome spreads, how it goes with the past."""

from __future__ import annotations

from msgspec import Struct


class Moments(Struct, frozen=True, kw_only=True):
    """One outcome over the people of one arm; yes and no are 1 and 0. Variances are those of a sample (n - 1)."""

    people: int
    mean: float
    variance: float
    happened: int = 0
    """People whose outcome is not 0."""
    before: float = 0.0
    """Mean of the same before the assignment, and how the two go together."""
    before_variance: float = 0.0
    covariance: float = 0.0
