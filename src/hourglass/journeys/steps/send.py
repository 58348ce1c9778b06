"""Send: a template on a channel; the gate and the rendering come later, at delivery, from fresh facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.journeys.steps.answer import Answer, Send
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed
from hourglass.messages import Instead

_CHEAPEST = "cheapest"
_DEPENDS = ("if_in_stock", "if_price_holds")


class SendStep(Step, frozen=True, kw_only=True):
    """What to send by which channel, and by which others where that one cannot bring it."""

    send: Send

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """One message for each run."""
        return [self.send for _ in runs]

    def summary(self) -> str:
        """Channels and template."""
        channels = [self.send.channel, *(one.channel for one in self.send.others)]
        between = " | " if self.send.cheapest else " → "
        return f"{between.join(channels)} · {self.send.template}"


def read_send(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{send: {channel: email, template: cart-1, else: [telegram, {channel: sms, template: cart-sms}]}}`.

    `else`: what is tried, in this order, for whom the channel has no address or no consent, or cannot bring it.
    `{channel: cheapest, of: [push, email, sms], template: cart-1}`: the one that costs least of those that can.

    `if_in_stock: true`: not when all it is about is sold out by then; `if_price_holds: true`: not when it costs more.
    Journeys that products let people into ask for stock, after a price drop also for the price, unless it says false.
    """
    here = f"{path}.send"
    if not isinstance(body["send"], dict) or set(body) != {"send"}:
        raise Malformed("A send is {channel: email, template: KEY}.", path=here)
    asked = cast("dict[str, Any]", body["send"])
    cheapest = asked.get("channel") == _CHEAPEST
    field = "of" if cheapest else "else"
    only(asked, {"channel", "template", field, *_DEPENDS}, here)
    channel, template = asked.get("channel"), asked.get("template")
    if not isinstance(channel, str) or not channel or not isinstance(template, str) or not template:
        raise Malformed("A send names a channel and a template.", path=here)
    others = _others(asked.get(field, []), template, f"{here}.{field}")
    if cheapest and len(others) < 2:
        raise Malformed("Name the channels to choose from: of: [push, email, sms].", path=f"{here}.of")
    ways = others if cheapest else (Instead(channel, template), *others)
    if len({one.channel for one in ways}) != len(ways):
        raise Malformed("Each channel is tried once; one stands here twice.", path=f"{here}.{field}")
    depends = {word: _yes_or_no(asked.get(word), word, here) for word in _DEPENDS}
    return SendStep(send=Send(ways[0].channel, ways[0].template, others=ways[1:], cheapest=cheapest, **depends))


def _yes_or_no(value: object, word: str, path: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise Malformed(f"`{word}` is true or false.", path=f"{path}.{word}")


def _others(value: object, template: str, path: str) -> tuple[Instead, ...]:
    listed = cast("list[object]", value) if isinstance(value, list) else [value]
    return tuple(_other(one, template, f"{path}[{place}]") for place, one in enumerate(listed))


def _other(value: object, template: str, path: str) -> Instead:
    """A channel by its name, or with a template of its own."""
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {"channel": value}
    only(told, {"channel", "template"}, path)
    channel, own = told.get("channel"), told.get("template", template)
    if not isinstance(channel, str) or not channel or channel == _CHEAPEST:
        raise Malformed("Name a channel: sms, or {channel: sms, template: KEY}.", path=path)
    if not isinstance(own, str) or not own:
        raise Malformed("`template` is the key of a template.", path=f"{path}.template")
    return Instead(channel, own)
