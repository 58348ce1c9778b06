"""A text that nobody may see: it is handed on as a value and never shows itself by accident."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

_WORD = "secret"


class Secret:
    """A key or a password. In a document it stands as `{secret: NAME}`; only `reveal` gives the text."""

    __slots__ = ("_text", "name")

    def __init__(self, text: str, name: str = "") -> None:
        self._text = text
        self.name = name

    def reveal(self) -> str:
        """The text itself; for the moment when it is used."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({self.name})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and (self.name, self._text) == (other.name, other._text)

    def __hash__(self) -> int:
        return hash((self.name, self._text))


def secret_names(document: object) -> Iterator[str]:
    """The names of all secrets that a document refers to, however deep they stand."""
    if isinstance(document, dict):
        told = cast("dict[str, Any]", document)
        name = told.get(_WORD)
        if len(told) == 1 and isinstance(name, str):
            yield name
        else:
            for value in told.values():
                yield from secret_names(value)
    elif isinstance(document, list):
        for value in cast("list[Any]", document):
            yield from secret_names(value)
