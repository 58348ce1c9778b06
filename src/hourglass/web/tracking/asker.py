"""Who asks on a public page: needed as proof, and to tell people from machines."""

from __future__ import annotations

from functools import cache
from typing import Any

from litestar import Request

from hourglass.messages import load_signer
from hourglass.web.tracking.words import Locale, known

_LOCAL = ("127.0.0.1", "::1")
signer = cache(load_signer)
"""The signer of a data folder."""


def asker(request: Request[Any, Any, Any]) -> dict[str, str | None]:
    """`ip` and `user_agent`, each a text of 500 at most."""
    agent = request.headers.get("user-agent")
    return {"ip": address(request), "user_agent": agent[:500] if agent else None}


def address(request: Request[Any, Any, Any]) -> str | None:
    """Where somebody asks from; X-Forwarded-For is believed from this machine only, where the reverse proxy is."""
    if request.client is None:
        return None
    told = request.headers.get("x-forwarded-for")
    if told and request.client.host in _LOCAL:
        return told.rpartition(",")[2].strip()[:45]
    return request.client.host


def language(request: Request[Any, Any, Any]) -> Locale:
    """Of the languages that the browser names, the one liked best that the pages speak."""
    told = [_liked(one) for one in request.headers.get("accept-language", "")[:500].split(",")]
    return known(*(name for liking, name in sorted(told, key=lambda one: -one[0]) if liking > 0))


def _liked(one: str) -> tuple[float, str]:
    """`ru;q=0.8` as how much it is liked, and its name."""
    name, _, weight = one.partition(";")
    try:
        return float(weight.strip().removeprefix("q=") or 1), name.strip()
    except ValueError:
        return 0.0, name.strip()
