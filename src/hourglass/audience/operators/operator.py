"""What an operator is: its expression, its words for people, and the examples on which every engine must agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from hourglass.audience.columns.scope import Scope
from hourglass.audience.operators.spoken import listed, spoken
from hourglass.audience.operators.values import Takes, Value

Column = Any
"""A column expression of Polars or Narwhals: the subset both share is all that operators use."""

Reads = Literal["value", "text", "number", "moment", "local", "date", "as_is"]


class Operator(Struct, frozen=True, kw_only=True):
    """One comparison of a column with a value.

    `reads` says how the left side arrives in `build`: "value" follows the type of the right side; "moment" is
    microseconds since 1970 in UTC, "local" the same on the clock of the workspace or of the customer, "date" as it was
    written, whatever its offset; "as_is" takes anything. Dates and moments of the right side arrive as a `Stretch`.
    A missing left side is never true, unless `of_missing` says so. `due` gives the microseconds until time alone may
    change the answer, missing where it never will. Examples are (left, right, answer), the right side as a document
    has it; for operators that look at the present moment it is 2026-03-04 12:00, a Wednesday.
    """

    name: str
    words: dict[str, str]
    build: Callable[[Column, Any, Scope], Column]
    takes: Takes = "one"
    reads: Reads = "value"
    of_missing: bool = False
    due: Callable[[Column, Any, Scope], Column] | None = None
    examples: tuple[tuple[Any, Any, bool], ...]
    shows: Callable[[Any, str], str] | None = None
    """The value in words of a locale, where it is more than itself."""
    genitive: bool = False
    """Russian: a noun after the value stands in the genitive, as in «не меньше 2 раз»."""


def ignoring_case(operator: Operator, *examples: tuple[Any, Any, bool]) -> Operator:
    """The same for texts in capital or small letters: both sides are made small."""

    def build(left: Column, right: Any, scope: Scope) -> Column:
        return operator.build(left.str.to_lowercase(), _small(right), scope)

    return replace(
        operator,
        name=f"{operator.name}_ignoring_case",
        words={
            "en": f"{operator.words['en']} (in capital or small letters)",
            "ru": f"{operator.words['ru']} (без учёта регистра)",
        },
        build=build,
        reads="text",
        examples=examples,
    )


def _small(right: str | list[str]) -> str | list[str]:
    return right.lower() if isinstance(right, str) else [one.lower() for one in right]


def sentence(operator: Operator, value: Value, locale: str) -> str:
    """The comparison in words."""
    if operator.shows is not None:
        said = operator.shows(value, locale)
    elif isinstance(value, tuple):
        said = listed(value, locale)
    else:
        said = spoken(value, locale)
    return operator.words.get(locale, operator.words["en"]).format(value=said)
