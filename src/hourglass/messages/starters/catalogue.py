"""The starters that come along: documents like any other, to be added and changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml
from msgspec import Struct

from hourglass.kernel import NotFound

_HERE = Path(__file__).parent


class Starter(Struct, frozen=True, kw_only=True):
    """One starter, in words for people who choose."""

    key: str
    name: str
    name_ru: str
    description: str
    purpose: str


def starters() -> list[Starter]:
    """All of them, in the order of a customer's way."""
    names = _order()
    return [
        Starter(
            key=one["key"],
            name=one["name"],
            name_ru=names[one["key"]],
            description=one.get("description", ""),
            purpose=one.get("purpose", "any"),
        )
        for one in _templates()
    ]


def starter_documents(keys: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Snippets first, then the starters of these keys, or all. Raises NotFound for a key nobody has."""
    known = {one["key"]: one for one in _templates()}
    strange = sorted(set(keys) - known.keys())
    if strange:
        raise NotFound(f"There is no starter “{strange[0]}”; known: {', '.join(known)}.")
    return [*_folder("snippet"), *(one for key, one in known.items() if not keys or key in keys)]


def _templates() -> list[dict[str, Any]]:
    order = list(_order())
    return sorted(_folder("template"), key=lambda one: order.index(one["key"]))


def _order() -> dict[str, str]:
    """Keys in their order, with their Russian names."""
    return cast("dict[str, str]", yaml.safe_load((_HERE / "order.yaml").read_text(encoding="utf-8")))


@lru_cache(maxsize=2)
def _read(folder: str) -> str:
    """Read once; kept as JSON, so that nobody changes what the next one gets."""
    paths = sorted((_HERE / folder).glob("*.yaml"))
    return json.dumps([yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths])


def _folder(folder: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", json.loads(_read(folder)))
