"""Who gets which arm: decided by names and weights alone, so nothing has to be stored to give the same answer again."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from hourglass.experiments.lot import lot


def assign(experiment: str, salt: str, person: str, weights: Mapping[str, float]) -> str:
    """The arm of a person; each arm gets its share of the weights. Raises ValueError without any weight above 0.

    Weighted rendezvous hashing: every arm draws a lot of its own for the person, and the highest `weight / -ln(lot)`
    wins (Thaler & Ravishankar 1998; weights: Schindelhauer & Schomaker 2005). The lots of -ln are exponential, and of
    exponentials with the rates w the one of arm a is first with probability w_a / Σw. So as few people as possible
    move when arms change: a new arm takes people from all others and moves nobody between them, a weight that grows
    only takes, an arm that goes away gives only its own people back. Order and scale of the weights mean nothing.
    """
    arms = [arm for arm, weight in weights.items() if weight > 0]
    if not arms:
        raise ValueError(f"The experiment “{experiment}” has no arm with a weight above 0.")
    return max(arms, key=lambda arm: (-weights[arm] / log(lot(experiment, salt, arm, person)), arm))
