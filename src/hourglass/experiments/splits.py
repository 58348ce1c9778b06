"""The arms that the steps of a journey give, read from its document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from hourglass.definitions import Document


def arms_of(body: Document) -> dict[str, dict[str, float]]:
    """By the path of each `split` step its arms and their weights, in the order of the document."""
    return dict(_walk(body.get("steps"), "steps"))


def _walk(value: object, path: str) -> Iterator[tuple[str, dict[str, float]]]:
    if isinstance(value, list):
        for place, item in enumerate(cast("list[Any]", value)):
            yield from _walk(item, f"{path}[{place}]")
    elif isinstance(value, dict):
        body = cast("dict[str, Any]", value)
        arms = _weights(body.get("split"))
        if arms:
            yield path, arms
        for name, inner in body.items():
            yield from _walk(inner, f"{path}.{name}")


def _weights(value: object) -> dict[str, float]:
    arms = cast("list[Any]", value) if isinstance(value, list) else []
    named = [cast("dict[str, Any]", arm) for arm in arms if isinstance(arm, dict)]
    return {
        str(arm.get("arm", f"{place + 1}")): float(arm.get("weight", 1))
        for place, arm in enumerate(named)
        if isinstance(arm.get("weight", 1), int | float) and arm.get("weight", 1) > 0
    }
