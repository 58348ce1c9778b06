"""Update: sets traits of the person, as an identify event that counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.journeys.steps.answer import Answer, Do, Effect
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.values import Value, read_value
from hourglass.kernel import Malformed

_WHO = {"email", "phone", "userId", "user_id", "anonymousId", "anonymous_id"}


class Update(Effect, frozen=True, kw_only=True, tag="update"):
    """Traits to set; null takes one away."""


class UpdateStep(Step, frozen=True, kw_only=True):
    """Which traits get which values."""

    traits: dict[str, Value]

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """The same for everybody; values are filled in for each."""
        done = Do(Update(content=self.traits))
        return [done for _ in runs]

    def summary(self) -> str:
        """The names of the traits."""
        return ", ".join(self.traits)


def read_update(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{update: {traits: {vip: true, last_offer: "{{ event.properties.sku }}"}}}`; null takes a trait away."""
    asked = body["update"]
    if not isinstance(asked, dict) or set(cast("dict[str, Any]", asked)) != {"traits"}:
        raise Malformed("An update is {update: {traits: {vip: true}}}.", path=f"{path}.update")
    traits = cast("dict[str, Any]", asked)["traits"]
    if not isinstance(traits, dict) or not traits:
        raise Malformed("Name the traits and their values, like {vip: true}.", path=f"{path}.update.traits")
    named = cast("dict[str, Any]", traits)
    if who := sorted(_WHO & named.keys()):
        raise Malformed(
            f"“{who[0]}” says who somebody is; a journey cannot change that.", path=f"{path}.update.traits.{who[0]}"
        )
    return UpdateStep(traits=read_value(named, f"{path}.update.traits"))
