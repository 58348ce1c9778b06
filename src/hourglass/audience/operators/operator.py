"""What an operator is: its expression, its words for people, and the examples on which every engine must agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

from hourglass.audience.operators.values import Takes
from hourglass.audience.scope import Scope

Column = Any
"""A column expression of Polars or Narwhals: the subset both share is all that operators use."""

Reads = Literal["value", "text", "number", "moment", "local"]


class Operator(Struct, frozen=True, kw_only=True):
    """One comparison of a column with a value.

    `reads` says how the left side arrives in `build`: "value" follows the type of the right side; "moment" is
    microseconds since 1970 in UTC, "local" the same on the clock of the workspace. A missing left side is never true,
    unless `of_missing` says so. `due` gives the microseconds until time alone may change the answer, missing where it
    never will. Examples are (left, right, answer), the right side as a document has it; for operators that look at the
    present moment it is 2026-03-04 12:00, a Wednesday.
    """

    name: str
    words: dict[str, str]
    build: Callable[[Column, Any, Scope], Column]
    takes: Takes = "one"
    reads: Reads = "value"
    of_missing: bool = False
    due: Callable[[Column, Any, Scope], Column] | None = None
    examples: tuple[tuple[Any, Any, bool], ...]
