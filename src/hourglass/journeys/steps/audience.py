"""Audience: puts the person into an audience that another system keeps, or takes them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.journeys.steps.answer import Answer, Do, Effect
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.need import Need
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed


class KeepAudience(Effect, frozen=True, kw_only=True, tag="audience"):
    """Into the audience of this name, or out of it, by the connector of this key."""

    connector: str
    audience: str
    add: bool


class AudienceStep(Step, frozen=True, kw_only=True):
    """Which audience, and which way."""

    effect: KeepAudience

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """The same for everybody; consent is asked when the other system is told."""
        done = Do(self.effect)
        return [done for _ in runs]

    def needs(self) -> Sequence[Need]:
        """The connector; an audience comes to be with its first member."""
        return (Need("connector", self.effect.connector),)

    def summary(self) -> str:
        """A plus or a minus, the audience and where it is."""
        return f"{'+' if self.effect.add else '−'} {self.effect.audience} · {self.effect.connector}"


def read_audience(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{audience: {add_to: big-spenders, connector: ads}}`, or `remove_from` in the place of `add_to`."""
    here = f"{path}.audience"
    asked = cast("dict[str, Any]", body["audience"]) if isinstance(body["audience"], dict) else {}
    only(asked, {"add_to", "remove_from", "connector"}, here)
    names = [asked[word] for word in ("add_to", "remove_from") if word in asked]
    connector = asked.get("connector")
    if len(names) != 1 or not isinstance(names[0], str) or not names[0].strip():
        raise Malformed("Name one audience: {audience: {add_to: NAME, connector: KEY}}, or remove_from.", path=here)
    if not isinstance(connector, str) or not connector:
        raise Malformed("`connector` is the key of a connector document.", path=f"{here}.connector")
    return AudienceStep(effect=KeepAudience(connector=connector, audience=names[0].strip(), add="add_to" in asked))
