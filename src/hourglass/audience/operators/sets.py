"""Sets: traits and properties that are JSON arrays, as text. A text that is no array is a set of one.

There is no expression that parses JSON on every engine, so an array is read by a pattern that walks its elements from
the first one: whatever spaces or escapes stand there, nothing inside a text is taken for an element.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any

from hourglass.audience.columns.scope import Scope
from hourglass.audience.operators.values import Single, as_text

_ARRAY = r"^\s*\["
_STRING = r'"[^"\\]*(?:\\["\\/bfnrtu][^"\\]*)*"'
_OBJECT = rf'\{{[^"{{}}]*(?:{_STRING}[^"{{}}]*)*\}}'
_INNER = rf'\[[^"\[\]]*(?:{_STRING}[^"\[\]]*)*\]'
_ELEMENT = rf'(?:{_STRING}|{_OBJECT}|{_INNER}|[^\s",\[\]{{}}]+)'
_BARE = re.compile(r"-?[0-9]+(\.[0-9]+)?|true|false")
_SHORT = {'"': '"', "\\": "\\", "\n": "n", "\t": "t", "\r": "r", "\b": "b", "\f": "f"}


def has_any(left: Any, wanted: Sequence[Single], scope: Scope) -> Any:
    """Whether one of the values is an element."""
    element = "|".join(_written(one) for one in wanted)
    found = left.str.contains(rf"{_ARRAY}(?:\s*{_ELEMENT}\s*,)*\s*(?:{element})\s*[,\]]")
    alone = left.is_in([as_text(one) for one in wanted])
    return scope.x.when(left.str.contains(_ARRAY)).then(found).otherwise(alone)


def has_all(left: Any, wanted: Sequence[Single], scope: Scope) -> Any:
    """Whether each of the values is an element."""
    return reduce(lambda one, other: one & other, [has_any(left, [value], scope) for value in wanted])


def size_of(left: Any, scope: Scope) -> Any:
    """How many elements there are: the commas that are left when everything that may hold one is taken out."""
    flat = left.str.replace_all(_STRING, "s")
    for _ in range(3):
        flat = flat.str.replace_all(r"\{[^{}]*\}", "o")
    inside = flat.str.replace_all(_ARRAY, "").str.replace_all(r"\]\s*\z", "")
    for _ in range(3):
        inside = inside.str.replace_all(r"\[[^\[\]]*\]", "a")
    inside = inside.str.replace_all(r"\s", "")
    listed = _length(inside, scope) - _length(inside.str.replace_all(",", ""), scope) + 1
    number = scope.x.when(inside == "").then(0).otherwise(listed)
    alone = scope.x.when(left == "").then(0).otherwise(1)
    return scope.only(~left.is_null(), scope.x.when(left.str.contains(_ARRAY)).then(number).otherwise(alone))


def _length(text: Any, scope: Scope) -> Any:
    return text.str.len_chars().cast(scope.x.Int64)


def _written(value: Single) -> str:
    """A pattern for the value as an element: texts in quotes; numbers and truths bare too."""
    said = as_text(value)
    quoted = '"' + "".join(_character(one) for one in said) + '"'
    if not _BARE.fullmatch(said):
        return quoted
    zeros = "0*" if "." in said else r"(?:\.0+)?" if said[-1].isdigit() else ""
    return f"{quoted}|{said.replace('.', '[.]')}{zeros}"


def _character(one: str) -> str:
    """A character itself, or one of its escapes."""
    if one.isascii() and (one.isalnum() or one == " "):
        return one
    ways = [] if one in _SHORT or ord(one) < 32 else [f"\\x{{{ord(one):x}}}"]
    if one in _SHORT or one == "/":
        ways.append(rf"\\\x{{{ord(_SHORT.get(one, one)):x}}}")
    units = one.encode("utf-16-be").hex()
    ways.append("".join(rf"\\u{_any_case(units[i : i + 4])}" for i in range(0, len(units), 4)))
    return f"(?:{'|'.join(ways)})"


def _any_case(digits: str) -> str:
    return "".join(one if one.isdigit() else f"[{one}{one.upper()}]" for one in digits)
