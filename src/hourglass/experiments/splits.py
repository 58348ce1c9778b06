"""The arms that the steps of a journey or the variants of a campaign give, read from the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from hourglass.definitions import Document

VARIANTS = "variants"
"""Where a campaign says its arms."""


def arms_of(body: Document) -> dict[str, dict[str, float]]:
    """By the path of each `split` step, or of the variants, the arms and their weights in the order of the document."""
    variants = _weights(body.get(VARIANTS), "name", "abcdefgh")
    return {VARIANTS: variants} if variants else dict(_walk(body.get("steps"), "steps"))


def _walk(value: object, path: str) -> Iterator[tuple[str, dict[str, float]]]:
    if isinstance(value, list):
        for place, item in enumerate(cast("list[Any]", value)):
            yield from _walk(item, f"{path}[{place}]")
    elif isinstance(value, dict):
        body = cast("dict[str, Any]", value)
        arms = _weights(body.get("split"), "arm")
        if arms:
            yield path, arms
        for name, inner in body.items():
            yield from _walk(inner, f"{path}.{name}")


def _weights(value: object, named: str, names: str = "") -> dict[str, float]:
    """Of arms without a name, `names` says the first, second, ..., or else their number."""
    told = cast("list[Any]", value) if isinstance(value, list) else []
    arms = [cast("dict[str, Any]", arm) for arm in told if isinstance(arm, dict)]
    own = dict(enumerate(names))
    return {
        str(arm.get(named, own.get(place, f"{place + 1}"))): float(arm.get("weight", 1))
        for place, arm in enumerate(arms)
        if isinstance(arm.get("weight", 1), int | float) and arm.get("weight", 1) > 0
    }
