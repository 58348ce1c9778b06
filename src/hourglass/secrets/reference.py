"""How a document speaks of a secret: `{secret: NAME}` in the place of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

_WORD = "secret"


def names_in(document: object) -> Iterator[str]:
    """The names of all secrets that a document refers to, however deep they stand."""
    if isinstance(document, dict):
        told = cast("dict[str, Any]", document)
        name = told.get(_WORD)
        if len(told) == 1 and isinstance(name, str):
            yield name
        else:
            for value in told.values():
                yield from names_in(value)
    elif isinstance(document, list):
        for value in cast("list[Any]", document):
            yield from names_in(value)
