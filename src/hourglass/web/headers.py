"""Headers of every answer: what a browser may do with it, where the answer itself does not say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from litestar.datastructures import MutableScopeHeaders

from hourglass.kernel import Settings

_ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_PRIVATE = ("/api/", "/login")
_HALF_A_YEAR = "max-age=15552000"


def make_headers(settings: Settings) -> Callable[[Any, Any], Awaitable[None]]:
    """A hook before each answer is sent, refusals and faults among them."""
    always = dict(_ALWAYS)
    if settings.base_url().startswith("https:"):
        always["Strict-Transport-Security"] = _HALF_A_YEAR

    async def add(message: Any, scope: Any) -> None:
        if message["type"] != "http.response.start":
            return
        headers = cast("MutableMapping[str, str]", MutableScopeHeaders.from_message(message))
        for name, value in always.items():
            headers.setdefault(name, value)
        if cast("str", scope["path"]).startswith(_PRIVATE):
            # People's data stays in no cache, neither of the browser nor on the way.
            headers.setdefault("Cache-Control", "no-store")

    return add
