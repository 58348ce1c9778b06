from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hourglass.channels import Answer, Caller, Outcome, Receipt, verdict
from tests.channels.scripted_http import Asked, Provider, Told, provider

TODAY = "Sun, 01 Mar 2026 12:00:00 GMT"


class Ticking:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def server() -> AsyncIterator[Provider]:
    async with provider(lambda asked: Told(body=b"{}")) as playing:
        yield playing


async def post(caller: Caller, url: str) -> Answer | Receipt:
    return await caller.post(url, headers={"x": "y"}, content=b"{}")


def told(**headers: str) -> Answer:
    return Answer(status=429, headers={name.replace("_", "-"): text for name, text in headers.items()}, body=b"")


async def test_connections_are_kept(server: Provider) -> None:
    caller = Caller(timeout=2, connections=2)
    for _ in range(3):
        assert isinstance(await post(caller, server.url), Answer)
    await caller.close()
    assert (len(server.asked), server.connections) == (3, 1)


async def test_nobody_there_is_surely_not_taken() -> None:
    receipt = await post(Caller(timeout=1, connections=1), "http://127.0.0.1:1")
    assert isinstance(receipt, Receipt)
    assert receipt.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize("answer", [Told(silent=True), Told(hang_up=True)])
async def test_after_the_request_was_read_nobody_knows(answer: Told) -> None:
    async with provider(lambda asked: answer) as playing:
        receipt = await post(Caller(timeout=0.3, connections=1), playing.url)
    assert isinstance(receipt, Receipt)
    assert receipt.outcome is Outcome.UNKNOWN


async def test_a_redirect_is_not_followed(server: Provider) -> None:
    def away(asked: Asked) -> Told:
        return Told(status=307, headers={"Location": server.url})

    async with provider(away) as playing:
        answer = await post(Caller(timeout=2, connections=1), playing.url)
    assert isinstance(answer, Answer)
    assert verdict(answer).outcome is Outcome.UNREACHABLE
    assert server.asked == []


async def test_whoever_asks_for_a_pause_is_left_alone_until_it_is_over() -> None:
    ticking = Ticking()
    async with provider(lambda asked: Told(status=429, headers={"Retry-After": "7"})) as playing:
        caller = Caller(timeout=2, connections=1, ticking=ticking)
        answer = await post(caller, playing.url)
        assert isinstance(answer, Answer)
        assert verdict(answer).retry_after == 7
        ticking.now = 3.0
        held = await post(caller, playing.url)
        assert isinstance(held, Receipt)
        assert (held.outcome, held.retry_after) == (Outcome.UNREACHABLE, 4.0)
        assert len(playing.asked) == 1
        ticking.now = 7.5
        await post(caller, playing.url)
        assert len(playing.asked) == 2
        await caller.close()


async def test_a_used_up_window_is_a_pause_even_when_the_last_call_passed() -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1772366460", "Date": TODAY}
    async with provider(lambda asked: Told(headers=headers)) as playing:
        caller = Caller(timeout=2, connections=1, ticking=Ticking())
        assert isinstance(await post(caller, playing.url), Answer)
        held = await post(caller, playing.url)
        assert isinstance(held, Receipt)
        assert held.retry_after == 60
        await caller.close()


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (told(retry_after="7"), 7.0),
        (told(retry_after="Sun, 01 Mar 2026 12:00:30 GMT", date=TODAY), 30.0),
        (told(retry_after="Sun, 01 Mar 2026 12:00:30 GMT"), None),
        (told(x_ratelimit_remaining="0", x_ratelimit_reset="1772366460", date=TODAY), 60.0),
        (told(x_ratelimit_remaining="0", x_ratelimit_reset="1772366460000", date=TODAY), 60.0),
        (told(x_ratelimit_remaining="3", x_ratelimit_reset="1772366460", date=TODAY), None),
        (told(retry_after="86400"), 3600.0),
        (told(retry_after="-5"), 0.0),
        (told(retry_after="soon"), None),
        (told(), None),
    ],
)
def test_when_to_come_back(answer: Answer, seconds: float | None) -> None:
    assert answer.wait() == seconds


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, Outcome.REFUSED_PERMANENT),
        (401, Outcome.UNREACHABLE),
        (403, Outcome.UNREACHABLE),
        (404, Outcome.UNREACHABLE),
        (408, Outcome.REFUSED_TEMPORARY),
        (413, Outcome.REFUSED_PERMANENT),
        (422, Outcome.REFUSED_PERMANENT),
        (429, Outcome.REFUSED_TEMPORARY),
        (500, Outcome.UNKNOWN),
        (502, Outcome.UNKNOWN),
        (503, Outcome.UNREACHABLE),
        (504, Outcome.UNKNOWN),
    ],
)
def test_what_a_status_says(status: int, outcome: Outcome) -> None:
    receipt = verdict(Answer(status=status, headers={}, body=b"<html><b>Sorry</b></html>"), invalid_address=True)
    assert receipt.outcome is outcome
    assert receipt.invalid_address is (outcome is Outcome.REFUSED_PERMANENT)
    assert receipt.detail == f"{status} Sorry"
