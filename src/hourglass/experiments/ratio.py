"""Whether the arms have the people that their weights promise: when they do not, nothing else can be believed."""

from __future__ import annotations

from collections.abc import Mapping
from math import erfc, exp, lgamma, log, pi, sqrt

from msgspec import Struct

THRESHOLD = 0.001
_CONCENTRATION = 100.0


class Ratio(Struct, frozen=True, kw_only=True):
    """People by arm beside what was promised."""

    expected: dict[str, float]
    p_value: float
    """Pearson's chi-square: how likely a split at least as uneven is, at one single look."""
    mismatch: bool
    """Said when it stays below one in a thousand however often one looks."""


def check_ratio(people: Mapping[str, int], weights: Mapping[str, float]) -> Ratio:
    """Compare the people of the arms with their weights. An arm without weight promises nobody.

    The alarm is the sequential test of Lindon and Malek (NeurIPS 2022, arXiv 2011.03567): the Bayes factor of a
    Dirichlet prior around the weights against the weights themselves is a martingale while they hold, so it reaches
    1 / threshold at any time with a probability of at most the threshold (Ville's inequality).
    """
    whole, promised = sum(people.values()), sum(weights.values())
    shares = {arm: weight / promised for arm, weight in weights.items() if weight > 0}
    strangers = any(count for arm, count in people.items() if arm not in shares)
    expected = {arm: share * whole for arm, share in shares.items()}
    if not whole or len(shares) < 2:
        return Ratio(expected=expected, p_value=0.0 if strangers else 1.0, mismatch=strangers)
    chi_square = sum((people.get(arm, 0) - much) ** 2 / much for arm, much in expected.items())
    return Ratio(
        expected=expected,
        p_value=0.0 if strangers else chi_square_tail(chi_square, len(shares) - 1),
        mismatch=strangers or _log_evidence(people, shares) >= -log(THRESHOLD),
    )


def chi_square_tail(value: float, degrees: int) -> float:
    """P(chi-square > value), by the finite series of Abramowitz and Stegun 26.4.4 and 26.4.5."""
    half = value / 2
    if degrees % 2 == 0:
        term = total = 1.0
        for i in range(1, degrees // 2):
            term *= half / i
            total += term
        return exp(-half) * total
    term, total = sqrt(value), 0.0
    for i in range(1, degrees, 2):
        total += term
        term *= value / (i + 2)
    return erfc(sqrt(half)) + sqrt(2 / pi) * exp(-half) * total


def _log_evidence(people: Mapping[str, int], shares: Mapping[str, float]) -> float:
    whole = sum(people.values())
    evidence = lgamma(_CONCENTRATION) - lgamma(_CONCENTRATION + whole)
    for arm, share in shares.items():
        prior, count = _CONCENTRATION * share, people.get(arm, 0)
        evidence += lgamma(prior + count) - lgamma(prior) - count * log(share)
    return evidence
