"""A text that nobody may see: it is handed on as a value and never shows itself by accident."""

from __future__ import annotations


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
