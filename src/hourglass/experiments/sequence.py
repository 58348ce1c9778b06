"""How wide an interval must be so that it may be looked at every day, and believed on whichever day one stops."""

from __future__ import annotations

from math import log, sqrt

ALPHA = 0.05
TUNED_TO = 5000
"""People for whom the interval is narrowest; it loses little around them: 3 % at a third and at three times as many."""
LEAST_PEOPLE = 100
LEAST_HAPPENED = 10
"""Before so many people in each arm, and so many outcomes to be expected in each, a mean is not near enough to a normal
one: with fewer, one experiment in six of those that change nothing claims a difference."""


def critical(people: int, alpha: float = ALPHA, tuned_to: int = TUNED_TO) -> float:
    """By how many standard errors an always-valid interval reaches to either side; a single look needs 1.96.

    The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Annals of Statistics, 2024;
    arXiv 2103.06476), theorem 2.2: with the probability 1 - alpha the truth is inside at all sizes at once, from the
    first look on. `tuned_to` fixes its rho by their equation for the size at which it is narrowest.
    """
    spread = _rho_squared(alpha, tuned_to) * people
    return sqrt((1 + 1 / spread) * (log(spread + 1) - 2 * log(alpha)))


def _rho_squared(alpha: float, tuned_to: int) -> float:
    doubt = -2 * log(alpha)
    return (doubt + log(doubt) + 1) / tuned_to
