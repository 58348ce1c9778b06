"""An event in a few words: the property that tells most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

_TELLING = ("name", "title", "product_id", "order_id", "cart_id", "query", "url", "path", "channel")


def summary(properties: Mapping[str, Any]) -> str:
    """What or how much: the first telling property, the number of lines, the amount."""
    parts = [str(properties[name]) for name in _TELLING if properties.get(name)][:1]
    lines = properties.get("products")
    if isinstance(lines, list) and lines:
        parts.append(f"× {len(cast('list[Any]', lines))}")
    amount = properties.get("revenue") or properties.get("total") or properties.get("price")
    if amount:
        parts.append(f"{amount} {properties.get('currency') or ''}".strip())
    return " · ".join(parts)
