"""Chance that repeats itself: a number drawn from names, the same on every machine and every day."""

from __future__ import annotations

from math import nan

from hourglass.kernel import Malformed, digest

_PARTS = 1 << 53
MOST_CONTROL = 50
"""A control group of more than half would be the journey's audience."""


def lot(*names: str) -> float:
    """A number of the open interval (0, 1), as good as drawn at random for each new set of names."""
    return ((digest(*names).int & (_PARTS - 1)) + 0.5) / _PARTS


def kept_out(salt: str, person: str, percent: float) -> bool:
    """Whether somebody is in the control group that this salt draws.

    A larger share adds people and lets nobody back in; another salt draws other people.
    """
    return percent > 0 and lot(salt, person) * 100 < percent


def read_control(value: object, path: str = "control") -> float:
    """How many of a hundred are kept out: `10`, `2.5` or `10%`. Raises Malformed with the path."""
    return read_percent(value, path, 0, MOST_CONTROL, "how many of a hundred are kept out")


def read_percent(value: object, path: str, least: float, most: float, what: str) -> float:
    """So many of a hundred: `10`, `2.5` or `10%`. Raises Malformed with the path and what it is."""
    text = value.removesuffix("%").strip() if isinstance(value, str) else value
    try:
        percent = nan if isinstance(text, bool) or not isinstance(text, int | float | str) else float(text)
    except ValueError:
        percent = nan
    if least <= percent <= most:
        return percent
    name = path.rpartition(".")[2]
    raise Malformed(f"`{name}` is {what}, {least} to {most}: {max(least, 10)} or {max(least, 10)}%.", path=path)
