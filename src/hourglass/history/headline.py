"""An event in a few words: the property that tells most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from hourglass.kernel import to_major, to_minor

_TELLING = ("name", "title", "product_id", "order_id", "cart_id", "query", "url", "path", "channel")


def summary(properties: Mapping[str, Any]) -> str:
    """What or how much: the first telling property, the number of lines, the amount."""
    parts = [str(properties[name]) for name in _TELLING if properties.get(name)][:1]
    lines = properties.get("products")
    if isinstance(lines, list) and lines:
        parts.append(f"× {len(cast('list[Any]', lines))}")
    amount = properties.get("revenue") or properties.get("total") or properties.get("price")
    if amount:
        parts.append(_amount(amount, str(properties.get("currency") or "")))
    return " · ".join(parts)


def _amount(amount: Any, currency: str) -> str:
    """`339.2` and `GBP` as `339.20 GBP`; what is no amount stays as it was sent."""
    minor = to_minor(amount, currency) if currency else None
    return f"{amount} {currency}".strip() if minor is None else f"{to_major(minor, currency)} {currency}"
