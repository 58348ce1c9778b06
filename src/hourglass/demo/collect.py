"""The demo's shop as a client of the public API: posts batches, waits out a server that is away or busy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx

from hourglass.kernel import HourglassError, Malformed, Unauthorised

Pause = Callable[[float], Awaitable[None]]
"""Waits so many seconds."""

_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0
_COME_BACK = {429, 500, 502, 503, 504}


class Collect:
    """`POST /v1/batch` with the workspace's write key. A batch may arrive twice; message ids make that harmless."""

    def __init__(self, client: httpx.AsyncClient, write_key: str, pause: Pause) -> None:
        self._client = client
        self._auth = httpx.BasicAuth(write_key, "")
        self._pause = pause

    async def send(self, body: bytes) -> None:
        """Return once the batch is acknowledged, however long the server is away. Raises when it refuses the batch."""
        wait = _FIRST_WAIT
        while (asked := await self._attempt(body)) is not None:
            await self._pause(max(asked, wait))
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _attempt(self, body: bytes) -> float | None:
        """None when it was acknowledged, else the seconds the server asks to wait."""
        try:
            answer = await self._client.post("/v1/batch", content=body, auth=self._auth, headers=_JSON)
        except httpx.TransportError:
            return 0.0
        if answer.status_code == 200:
            return None
        if answer.status_code in _COME_BACK:
            return _seconds(answer.headers.get("retry-after"))
        raise _refusal(answer)


_JSON = {"content-type": "application/json"}


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0


def _refusal(answer: httpx.Response) -> HourglassError:
    if answer.status_code in (401, 403):
        return Unauthorised("The server does not know the demo's write key; was the data folder changed meanwhile?")
    return Malformed(f"The server refused a batch of the demo ({answer.status_code}): {answer.text[:300]}")
