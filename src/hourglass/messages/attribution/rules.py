"""When an order counts as earned by a message: per channel how long after which touch; `settings.attribution`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

import msgspec
from msgspec import Struct

from hourglass.kernel import Malformed, parse_duration

Touch = Literal["sent", "opened", "clicked"]


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order within this span after the touch. A click counts as an open; machines count as nothing."""

    touch: Touch = "opened"
    within: str = "5d"

    @property
    def span(self) -> timedelta:
        """The window."""
        return parse_duration(self.within)


Rules = Mapping[str, Rule]
_DEFAULT: Rules = {
    "email": Rule(),
    "sms": Rule(touch="sent", within="12h"),  # nobody hears of it being read
    "push": Rule(touch="sent", within="24h"),
}


def read_rules(settings: dict[str, Any]) -> Rules:
    """`{"attribution": {"email": {"touch": "clicked", "within": "3d"}}}` over the defaults. Raises Malformed."""
    try:
        told = msgspec.convert(settings.get("attribution", {}), dict[str, Rule])
    except msgspec.ValidationError as error:
        raise Malformed(f"The attribution of the workspace is wrong: {error}.", path="attribution") from error
    for channel, rule in told.items():
        parse_duration(rule.within, f"attribution.{channel}.within")
    return {**_DEFAULT, **told}
