"""Who asks on a public page: needed as proof, and to tell people from machines."""

from __future__ import annotations

from functools import cache
from typing import Any

from litestar import Request

from hourglass.messages import load_signer

signer = cache(load_signer)
"""The signer of a data folder."""


def asker(request: Request[Any, Any, Any]) -> dict[str, str | None]:
    """`ip` and `user_agent`, each a text of 500 at most."""
    agent = request.headers.get("user-agent")
    return {"ip": request.client.host if request.client else None, "user_agent": agent[:500] if agent else None}


def language(request: Request[Any, Any, Any]) -> str:
    """What the browser prefers."""
    return request.headers.get("accept-language", "")
