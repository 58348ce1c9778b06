"""Lots that fall the same way on every engine and every day: a person's place among ten thousand.

Whole numbers only, no engine's own hash. The fifth power is a permutation modulo this prime (5 does not divide p - 1),
so every place is as likely as any other; and unlike a sum, it leaves nothing in common between two salts: a tenth of
one tenth is a hundredth.
"""

from __future__ import annotations

from typing import Any

from hourglass.kernel import digest

PLACES = 10_000
_PRIME = 2**31 - 1
_FACTOR = 48_271


def place(person: Any, salt: str) -> Any:
    """0 to 9999 for a number, or a column of numbers, of either engine."""
    mixed = (person % _PRIME * _FACTOR + digest(salt).int % _PRIME) % _PRIME
    square = mixed * mixed % _PRIME
    return square * square % _PRIME * mixed % _PRIME % PLACES
