"""A hit: somebody or something asked for the pixel of a message, or for one of its links."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

HitKind = Literal["open", "click", "trap"]
By = Literal["human", "proxy", "scanner"]
"""A person; a proxy that mailboxes put before pictures; a machine that looks into links."""


class Hit(Struct, frozen=True, kw_only=True):
    """One request. `trap` is the link that no person sees. `url` is where a click led."""

    id: int = 0
    kind: HitKind
    at: datetime
    method: str = "GET"
    url: str = ""
    ip: str = ""
    user_agent: str = ""
