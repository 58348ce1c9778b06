"""What may be wrong with the text of JSON that parses: nesting too deep, NUL characters. Cheap when all is well."""

from __future__ import annotations

import re
from typing import Any, Final, cast

import msgspec

DEPTH_LIMIT: Final = 32
"""How deep objects and lists may nest inside one event."""

_BRACKETS: Final = b"[]{}"
_OTHERS: Final = bytes(byte for byte in range(256) if byte not in _BRACKETS)
_STRING_OR_OTHER: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[^\[\]{}]', re.DOTALL)


def deeper_than(text: bytes, limit: int) -> bool:
    """Whether the JSON nests deeper than `limit`: peel the innermost pairs off, all at once, that many times."""
    brackets = text.translate(None, _OTHERS)
    for _ in range(limit):
        if not brackets:
            return False
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return bool(brackets) and _depth(text) > limit


def nul_place(text: bytes) -> str | None:
    """Where in valid JSON the first NUL stands (the path of its value, or of the object with such a key)."""
    if b"\\" not in text or b"\\u0000" not in text:
        return None
    return _nul_place(msgspec.json.decode(text), "")


def within(path: str, name: str) -> str:
    """A path one level down."""
    return f"{path}.{name}" if path else name


def _depth(text: bytes) -> int:
    """Exactly: brackets inside strings do not count."""
    deepest = level = 0
    for bracket in _STRING_OR_OTHER.sub(b"", text):
        level += 1 if bracket in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def _nul_place(value: Any, path: str) -> str | None:
    if isinstance(value, str):
        return path if "\0" in value else None
    inner: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        if any("\0" in key for key in fields):
            return path
        inner = [(within(path, key), item) for key, item in fields.items()]
    elif isinstance(value, list):
        inner = [(f"{path}[{index}]", item) for index, item in enumerate(cast("list[Any]", value))]
    return next((place for at, item in inner if (place := _nul_place(item, at)) is not None), None)
