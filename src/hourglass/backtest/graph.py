"""The ways through a journey, found without knowing its kinds of steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct

from hourglass.audience import Condition, describe
from hourglass.backtest.answer import Words
from hourglass.backtest.walk import inside
from hourglass.journeys import Journey

_LANGUAGES = ("en", "ru")
_FIELDS = {"then": "✓", "otherwise": "…", "repeat": "↻"}
"""What a way is called by the field that names it, where it has no condition."""


class Edge(Struct, frozen=True, kw_only=True):
    """From one step to another; `to` None: the end. `label`: on what condition, in words; empty without one."""

    origin: str
    to: str | None
    label: Words


def edges(journey: Journey) -> list[Edge]:
    """Every way from step to step, in the order of the document; none from a step that ends the journey."""
    found: list[Edge] = []
    for path, node in journey.program.nodes.items():
        labels = dict(_labels(node.step))
        ways = list(dict.fromkeys(node.step.ways(node.next)))
        found += [Edge(origin=path, to=to, label=labels.get(to, {})) for to in ways]
    return found


def _labels(step: Struct) -> Iterator[tuple[str | None, Words]]:
    """Paths with what leads there. What is said first counts last."""
    for name in step.__struct_fields__:
        value = getattr(step, name)
        if name in _FIELDS and (value is None or isinstance(value, str)):
            yield value, dict.fromkeys(_LANGUAGES, _FIELDS[name])
    for part in inside(step):
        if isinstance(part, Struct) and part is not step and "to" in part.__struct_fields__:
            yield cast("Any", part).to, _condition_of(part)


def _condition_of(arm: Struct) -> Words:
    fields = {name: getattr(arm, name) for name in arm.__struct_fields__}
    if "when" in fields:
        return {language: describe(cast("Condition", fields["when"]), language) for language in _LANGUAGES}
    weight = fields.get("weight")
    share = f"{weight:g} %" if isinstance(weight, int | float) else ""
    told = " · ".join(str(one) for one in (fields.get("name"), share) if one)
    return dict.fromkeys(_LANGUAGES, told) if told else {}
