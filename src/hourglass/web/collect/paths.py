"""The addresses of the collect door: the API's own, and the short ones that browser SDKs use."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from hourglass.events import Kind


class Call(Struct, frozen=True, kw_only=True):
    """What an address takes."""

    kind: Kind | None = None
    """Of the single event in the body; None: the body is a batch."""
    historical: bool = False


_SINGLE: Final[dict[str, Kind]] = {
    "identify": "identify", "i": "identify",
    "track": "track", "t": "track",
    "page": "page", "p": "page",
    "screen": "screen", "s": "screen",
    "group": "group", "g": "group",
    "alias": "alias", "a": "alias",
}  # fmt: skip

CALLS: Final[dict[str, Call]] = {
    **{f"/v1/{name}": Call(kind=kind) for name, kind in _SINGLE.items()},
    "/v1/batch": Call(),
    "/v1/b": Call(),
    "/v1/import": Call(historical=True),
}
METRICS: Final = "/v1/m"
"""Where browser SDKs report on themselves; thanked and forgotten."""
