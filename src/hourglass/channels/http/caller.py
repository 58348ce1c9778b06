"""Calls one provider over kept connections; every failure is a receipt that says how much is sure."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hourglass.channels.http.answer import Answer
from hourglass.channels.receipt import Outcome, Receipt
from hourglass.kernel import monotonic

if TYPE_CHECKING:
    import httpx

_CONNECT = 10.0
_KEPT = 15.0  # seconds; shorter than any provider's own patience, so that a kept connection is hardly ever a dead one
_MOST = 4 * 1024 * 1024
Failed = Receipt


class Caller:
    """One provider. While it has asked for a pause, nobody is called and each call is answered `UNREACHABLE`."""

    def __init__(self, *, timeout: float, connections: int, ticking: Callable[[], float] = monotonic) -> None:
        self._timeout = timeout
        self._connections = connections
        self._ticking = ticking
        self._idle: list[httpx.AsyncClient] = []
        self._trust: ssl.SSLContext | None = None
        self._closed_until = 0.0

    async def post(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes,
        server_name: str | None = None,
    ) -> Answer | Failed:
        """One POST. Redirects are not followed; `server_name` is what the certificate must say if `url` has no name."""
        pause = self._closed_until - self._ticking()
        if pause > 0:
            return Receipt(outcome=Outcome.UNREACHABLE, detail="The provider asked for a pause.", retry_after=pause)
        extensions = {} if server_name is None else {"sni_hostname": server_name}
        client = self._idle.pop() if self._idle else self._opened()
        try:
            answer = await self._answer(client, url, headers, extensions, content)
        finally:
            await self._give_back(client)
        if isinstance(answer, Answer) and (wait := answer.wait()):
            self._closed_until = self._ticking() + wait
        return answer

    async def close(self) -> None:
        """Hang up; the next call connects anew."""
        while self._idle:
            await self._idle.pop().aclose()

    async def _answer(
        self, client: httpx.AsyncClient, url: str, headers: Mapping[str, str], extensions: Any, content: bytes
    ) -> Answer | Failed:
        import httpx

        try:
            async with asyncio.timeout(self._timeout * 2):  # the library counts each read, and there may be many
                request = client.build_request(
                    "POST", url, headers=dict(headers), extensions=extensions, content=content
                )
                response = await client.send(request, stream=True)
                try:
                    octets = await _read(response)
                finally:
                    await response.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            return Receipt(outcome=Outcome.UNREACHABLE, detail=_why("The provider cannot be reached", error))
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError) as error:
            return Receipt(outcome=Outcome.UNREACHABLE, detail=_why("The provider's address is no address", error))
        except (httpx.HTTPError, TimeoutError) as error:
            return Receipt(outcome=Outcome.UNKNOWN, detail=_why("Handed over, and no answer came", error))
        told = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status=response.status_code, headers=told, body=octets)

    def _opened(self) -> httpx.AsyncClient:
        """A client with one connection: the library's pool asks every connection it has at each call."""
        import httpx

        if self._trust is None:
            self._trust = httpx.create_ssl_context(trust_env=False)
        return httpx.AsyncClient(
            timeout=httpx.Timeout(self._timeout, connect=min(_CONNECT, self._timeout), pool=self._timeout),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=_KEPT),
            follow_redirects=False,
            trust_env=False,
            verify=self._trust,
            headers={"user-agent": "Hourglass"},
        )

    async def _give_back(self, client: httpx.AsyncClient) -> None:
        if len(self._idle) < self._connections:
            self._idle.append(client)
        else:
            await client.aclose()


async def _read(response: httpx.Response) -> bytes:
    """As much as an answer may be long; whoever talks on is not listened to."""
    octets = b""
    async for piece in response.aiter_bytes():
        octets += piece
        if len(octets) > _MOST:
            break
    return octets


def _why(what: str, error: Exception) -> str:
    return f"{what} ({type(error).__name__}: {error})"[:300]
