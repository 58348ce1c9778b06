"""Reads one small document over https, such as a certificate: no redirects, no private network, no end."""

from __future__ import annotations

import asyncio

from hourglass.channels.http.destination import resolve
from hourglass.kernel import HourglassError, Unavailable

_TIMEOUT = 10.0
_MOST = 256 * 1024


async def fetch(url: str) -> bytes:
    """The body of a 200. Raises Unavailable for everything else."""
    import httpx

    try:
        place = await asyncio.to_thread(resolve, url, private=False)
        async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False, follow_redirects=False) as client:
            request = client.build_request(
                "GET", place.url, headers={"host": place.host}, extensions={"sni_hostname": place.name}
            )
            answer = await client.send(request, stream=True)
            body = b""
            async for piece in answer.aiter_bytes():
                body += piece
                if len(body) > _MOST:
                    raise Unavailable(f"{place.name} sends more than a small document.")
    except (httpx.HTTPError, HourglassError) as error:
        raise Unavailable(f"{url} cannot be read: {error}") from error
    if answer.status_code != 200:
        raise Unavailable(f"{url} answers {answer.status_code}.")
    return body
