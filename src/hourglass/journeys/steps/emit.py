"""Emit: tells an event about the person, which enters by the log like one of the shop's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.journeys.steps.answer import Answer, Do, Effect
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.values import Value, read_value
from hourglass.kernel import Malformed


class Emit(Effect, frozen=True, kw_only=True, tag="emit"):
    """The name of the event; its content are the properties."""

    event: str


class EmitStep(Step, frozen=True, kw_only=True):
    """Which event with which properties."""

    event: str
    properties: dict[str, Value]

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """One event for each run."""
        done = Do(Emit(event=self.event, content=self.properties))
        return [done for _ in runs]

    def summary(self) -> str:
        """The name of the event."""
        return self.event


def read_emit(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{emit: {event: Offer Reserved, properties: {sku: "{{ event.properties.sku }}"}}}`."""
    asked = body["emit"]
    if not isinstance(asked, dict):
        raise Malformed("An emit is {emit: {event: NAME, properties: {...}}}.", path=f"{path}.emit")
    emit = cast("dict[str, Any]", asked)
    event, properties = emit.get("event"), emit.get("properties", {})
    if not isinstance(event, str) or not event.strip() or emit.keys() - {"event", "properties"}:
        raise Malformed("An emit names an `event`, and may give `properties`.", path=f"{path}.emit")
    if not isinstance(properties, dict):
        raise Malformed("`properties` is a map like {sku: tea}.", path=f"{path}.emit.properties")
    named = cast("dict[str, Any]", properties)
    return EmitStep(event=event.strip(), properties=read_value(named, f"{path}.emit.properties"))
