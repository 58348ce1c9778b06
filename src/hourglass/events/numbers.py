"""Whole numbers that storage cannot hold become floating ones, as they already were where JavaScript made them."""

from __future__ import annotations

from math import isfinite
from typing import Any

_DIGITS = bytes(0x30 if 0x30 <= byte <= 0x39 else byte for byte in range(256))
_LOW, _HIGH = -(2**63), 2**63 - 1


def has_huge_numbers(text: bytes) -> bool:
    """Whether the JSON may hold a whole number beyond 64 bits: a cheap suspicion, never a false no."""
    return b"0" * 19 in text.translate(_DIGITS)


def tamed(value: Any) -> Any:
    """The same JSON value with whole numbers beyond 64 bits as floats (as text where even those end)."""
    if isinstance(value, dict):
        return {key: tamed(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [tamed(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if type(value) is int and not _LOW <= value <= _HIGH:
        try:
            return float(value)
        except OverflowError:
            return str(value)
    return value


def finite_or_text(digits: str) -> float | str:
    """A JSON number beyond what a float holds (1e999) stays as it was written."""
    number = float(digits)
    return number if isfinite(number) else digits
