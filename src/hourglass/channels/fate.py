"""What becomes of a message when nobody knows whether the provider got it."""

from __future__ import annotations

from typing import Literal

from hourglass.channels.capability import Capability
from hourglass.channels.manifest import Manifest
from hourglass.kernel import Malformed

Fate = Literal["leave", "retry", "assume_sent"]
"""Leave it in doubt; hand it over again, where the provider knows what it got before; count it as sent."""


def read_fate(value: object, manifest: Manifest) -> Fate:
    """The field `unknown` of a channel. Raises Malformed, also where a message would come twice."""
    if value not in ("leave", "retry", "assume_sent"):
        raise Malformed("`unknown` is leave, retry or assume_sent.", path="unknown")
    if value == "retry" and Capability.IDEMPOTENT not in manifest.capabilities:
        sentence = f"“{manifest.name}” does not know a message that it got before: it would come twice."
        raise Malformed(f"{sentence} Use leave or assume_sent.", path="unknown")
    return value
