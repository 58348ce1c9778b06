"""The ways through a journey, found without knowing its kinds of steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct

from hourglass.journeys import Journey, When, inside, when_words
from hourglass.reports.answer import Words

_LANGUAGES = ("en", "ru")
_FIELDS = {"then": ("yes", "да"), "otherwise": ("else", "иначе"), "repeat": ("again", "снова")}
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
            yield value, dict(zip(_LANGUAGES, _FIELDS[name], strict=True))
    arms = [
        one for one in inside(step) if isinstance(one, Struct) and one is not step and "to" in one.__struct_fields__
    ]
    whole = sum(float(getattr(one, "weight", 0) or 0) for one in arms)
    for arm in arms:
        yield cast("Any", arm).to, _condition_of(arm, whole)


def _condition_of(arm: Struct, whole: float) -> Words:
    """`whole`: the weights of all arms together."""
    fields = {name: getattr(arm, name) for name in arm.__struct_fields__}
    if "when" in fields:
        return {language: when_words(cast("When", fields["when"]), language) for language in _LANGUAGES}
    weight = fields.get("weight")
    share = f"{100 * weight / whole:.3g} %" if whole and isinstance(weight, int | float) else ""
    told = " · ".join(str(one) for one in (fields.get("name"), share) if one)
    return dict.fromkeys(_LANGUAGES, told) if told else {}
