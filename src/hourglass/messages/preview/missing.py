"""Finds out, while a message is rendered, which values were shown empty because nobody knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from liquid.undefined import Undefined

from hourglass.messages.content.liquid.sandbox import Sandboxes


class Noticing:
    """Sandboxes that keep in mind what was missing."""

    def __init__(self) -> None:
        missing: dict[str, None] = {}

        class Noticed(Undefined):
            """A missing value that says so when it is printed; a `default` or an `if` around it keeps it quiet."""

            __slots__ = ()

            def __str__(self) -> str:
                missing[(self.hint or self.name).removesuffix(" is undefined").strip("'")] = None
                return ""

        self._missing = missing
        self.sandboxes = Sandboxes(Noticed)

    @property
    def missing(self) -> list[str]:
        """The names, in the order of the page."""
        return list(self._missing)


def without_nothing(known: Mapping[str, Any]) -> dict[str, Any]:
    """What is known, without names that stand for nothing: so that these, too, are noticed."""
    return {name: _pruned(value) for name, value in known.items() if value is not None}


def _pruned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_nothing(cast("Mapping[str, Any]", value))
    if isinstance(value, list):
        return [_pruned(one) for one in cast("list[Any]", value)]
    return value
