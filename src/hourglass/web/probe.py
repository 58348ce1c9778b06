"""Waiting until the web role answers."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from hourglass.kernel import Settings, Unavailable, monotonic

_PATIENCE = 60.0


def await_health(settings: Settings, ended: Callable[[], int | None]) -> None:
    """Return once /health says ok; Unavailable when the server ended or a minute passed."""
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104
    deadline = monotonic() + _PATIENCE
    while monotonic() < deadline:
        if ended() is not None:
            raise Unavailable("The server ended while starting; the lines above say why.")
        try:
            if httpx.get(f"http://{host}:{settings.port}/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise Unavailable(f"The server did not answer within {_PATIENCE:.0f} s.")
