"""Alert: tells the people who run the shop; the same text is shown once, with how often it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.journeys.steps.answer import Answer, Do, Effect
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.values import read_value
from hourglass.kernel import Malformed


class Alert(Effect, frozen=True, kw_only=True, tag="alert"):
    """Its content is the text."""


class AlertStep(Step, frozen=True, kw_only=True):
    """What to tell."""

    alert: Alert
    written: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """Said for each run."""
        done = Do(self.alert)
        return [done for _ in runs]

    def summary(self) -> str:
        """The text as it is written."""
        return self.written


def read_alert(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{alert: {text: "A large order: {{ event.revenue }}"}}`."""
    asked = cast("dict[str, Any]", body["alert"]) if isinstance(body["alert"], dict) else {}
    text = asked.get("text")
    if set(asked) != {"text"} or not isinstance(text, str) or not text.strip():
        raise Malformed('An alert is {alert: {text: "What happened"}}.', path=f"{path}.alert")
    return AlertStep(alert=Alert(content=read_value(text, f"{path}.alert.text")), written=text)
