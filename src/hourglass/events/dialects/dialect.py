"""What a foreign vocabulary consists of."""

from __future__ import annotations

from msgspec import Struct


class Dialect(Struct, frozen=True, kw_only=True):
    """Their words -> ours."""

    name: str
    names: dict[str, str]
    """Event names, exactly as they write them."""
    properties: dict[str, str]
    """Properties of any event."""
    lines: dict[str, str]
    """Properties of one line of `products`."""
    per_event: dict[str, dict[str, str]]
    """More properties, by canonical event."""
    single: frozenset[str] = frozenset()
    """Canonical events about one product, which they put into a list of one."""
