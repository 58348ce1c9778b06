"""Send: a template on a channel; the gate and the rendering come later, at delivery, from fresh facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.journeys.steps.step import Answer, Facts, Inner, Run, Send, Step
from hourglass.kernel import Malformed


class SendStep(Step, frozen=True, kw_only=True):
    """What to send by which channel."""

    channel: str
    template: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """One message for each run."""
        return [Send(self.channel, self.template) for _ in runs]

    def summary(self) -> str:
        """Channel and template."""
        return f"{self.channel} · {self.template}"


def read_send(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{send: {channel: email, template: cart-1}}`."""
    asked = body["send"]
    if not isinstance(asked, dict) or set(body) != {"send"}:
        raise Malformed("A send is {channel: email, template: KEY}.", path=f"{path}.send")
    send = cast("dict[str, Any]", asked)
    channel, template = send.get("channel"), send.get("template")
    if not isinstance(channel, str) or not isinstance(template, str) or send.keys() - {"channel", "template"}:
        raise Malformed("A send names a channel and a template, and nothing else.", path=f"{path}.send")
    return SendStep(channel=channel, template=template)
