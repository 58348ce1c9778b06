"""The demo's client waits out a server that is away, and never repeats what was refused for good."""

from __future__ import annotations

import httpx
import pytest

from hourglass.demo.collect import Collect
from hourglass.kernel import Malformed, Unauthorised

Answers = list[httpx.Response | httpx.TransportError]


class Server:
    """Gives its answers one after the other, then 200."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.requests: list[httpx.Request] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else httpx.Response(200, json={"success": True})
        if isinstance(answer, httpx.TransportError):
            raise answer
        return answer

    async def pause(self, seconds: float) -> None:
        self.waits.append(seconds)


async def sent(*answers: httpx.Response | httpx.TransportError) -> Server:
    server = Server(list(answers))
    async with httpx.AsyncClient(transport=httpx.MockTransport(server), base_url="http://shop.test") as client:
        await Collect(client, "key-1", server.pause).send(b'{"batch":[]}')
    return server


async def test_a_batch_goes_to_the_public_door_with_the_write_key() -> None:
    request = (await sent()).requests[0]
    assert (request.method, request.url.path) == ("POST", "/v1/batch")
    assert request.headers["authorization"] == httpx.BasicAuth("key-1", "")._auth_header


async def test_a_server_that_is_away_is_waited_for_longer_and_longer() -> None:
    gone = [httpx.ConnectError("gone") for _ in range(8)]
    server = await sent(*gone)
    assert len(server.requests) == 9
    assert server.waits == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]


async def test_a_busy_server_says_how_long_to_wait() -> None:
    server = await sent(httpx.Response(429, headers={"retry-after": "7"}), httpx.Response(503))
    assert server.waits == [7.0, 0.4]


@pytest.mark.parametrize(("status", "error"), [(400, Malformed), (413, Malformed), (401, Unauthorised)])
async def test_a_refusal_is_not_repeated(status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        await sent(httpx.Response(status, json={"error": "no"}))
