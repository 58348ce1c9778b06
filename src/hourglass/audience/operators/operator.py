"""What an operator is: its expression, its words for people, and the examples on which every engine must agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

Column = Any
"""A column expression of Polars or Narwhals: the subset both share is all that operators use."""

Takes = Literal["one", "number", "list", "nothing"]


class Operator(Struct, frozen=True, kw_only=True):
    """One comparison. Columns arrive as text for traits and properties, as numbers for measures.

    `reads` says what the left side is cast to before `build` sees it: "value" follows the type of the right side.
    A missing left side is never true, unless `of_missing` says so. Examples are (left, right, answer).
    """

    name: str
    words: dict[str, str]
    build: Callable[[Column, Any], Column]
    takes: Takes = "one"
    reads: Literal["value", "text", "number", "time"] = "value"
    of_missing: bool = False
    examples: tuple[tuple[Any, Any, bool], ...]
