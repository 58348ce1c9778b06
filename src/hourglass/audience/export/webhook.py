"""Members posted to a receiver in pages, signed; a page that fails is tried again, and no page overtakes another."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

import msgspec
from msgspec import Struct

from hourglass.channels import resolve, signed
from hourglass.kernel import Clock, Conflict, HourglassError, SystemClock, Unavailable

if TYPE_CHECKING:
    import httpx

_TRIES = 6
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_TIMEOUT = 30.0
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))


class Receiver(Struct, frozen=True, kw_only=True):
    """Whom to post to and how. `private`: addresses of this machine and its network are allowed."""

    url: str
    secret: bytes
    page: int = 500
    private: bool = False


class Posted(Struct, frozen=True, kw_only=True):
    """How far it is: this page was taken by the receiver."""

    export: str
    page: int
    members: int
    """Members posted so far."""
    last: bool


class _Refused(Exception):
    """One try failed; `pause` is what the receiver asked for."""

    def __init__(self, sentence: str, *, again: bool, pause: float = 0.0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.again = again
        self.pause = pause


def post_members(
    lines: BinaryIO,
    segment: str,
    receiver: Receiver,
    *,
    clock: Clock | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Generator[Posted]:
    """Post a file of JSON lines page by page; a segment without members is one empty page, so the receiver knows.

    Pages of one export share its number and carry their own; a repeated page has the same `webhook-id`. Raises
    Malformed (the address), Conflict (the receiver does not want it) or Unavailable (it did not answer in six tries).
    """
    import httpx

    export, total, clock = uuid4().hex, 0, clock or SystemClock()
    with httpx.Client(timeout=_TIMEOUT, trust_env=False, follow_redirects=False) as client:
        for number, (members, last) in enumerate(_pages(lines, receiver.page), 1):
            body = _body(export, segment, number, members, last=last, now=clock.now())
            _insist(client, receiver, f"{export}-{number}", body, clock, wait)
            total += len(members)
            yield Posted(export=export, page=number, members=total, last=last)


def _pages(lines: BinaryIO, size: int) -> Iterator[tuple[list[bytes], bool]]:
    page = list(islice(lines, size))
    while True:
        following = list(islice(lines, 1))
        yield page, not following
        if not following:
            return
        page = list(islice(chain(following, lines), size))


def _body(export: str, segment: str, number: int, members: list[bytes], *, last: bool, now: datetime) -> bytes:
    head = {"type": "segment.members", "timestamp": now, "export": export, "segment": segment, "page": number}
    opening = msgspec.json.encode(head | {"last": last})
    return opening[:-1] + b',"members":[' + b",".join(line.strip() for line in members) + b"]}"


def _insist(
    client: httpx.Client,
    receiver: Receiver,
    message_id: str,
    body: bytes,
    clock: Clock,
    wait: Callable[[float], None],
) -> None:
    pause = _FIRST_PAUSE
    for attempt in range(1, _TRIES + 1):
        try:
            _post(client, receiver, signed(receiver.secret, message_id, body, clock.now()), body)
        except _Refused as refused:
            if not refused.again or attempt == _TRIES:
                raise _given_up(refused, message_id, attempt) from None
            wait(min(max(pause, refused.pause), _LONGEST_PAUSE))
            pause *= 2
        else:
            return


def _post(client: httpx.Client, receiver: Receiver, headers: dict[str, str], body: bytes) -> None:
    """One try. The name is looked up each time, and what was looked at is where it goes."""
    import httpx

    try:
        place = resolve(receiver.url, private=receiver.private)
    except Unavailable as error:
        raise _Refused(error.sentence, again=True) from None
    headers = headers | {"host": place.host, "content-type": "application/json", "user-agent": "Hourglass"}
    try:
        # Only the status counts: a receiver that answers without end is not listened to.
        with client.stream(
            "POST", place.url, content=body, headers=headers, extensions={"sni_hostname": place.name}
        ) as answer:
            status, retry_after = answer.status_code, answer.headers.get("retry-after", "")
    except httpx.HTTPError as error:
        raise _Refused(f"it cannot be reached ({type(error).__name__})", again=True) from None
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise _Refused(f"it answered {status}, a redirect; give the address where it ends", again=False)
    pause = float(retry_after) if retry_after.isdecimal() else 0.0
    raise _Refused(f"it answered {status}", again=status in _AGAIN, pause=pause)


def _given_up(refused: _Refused, message_id: str, tries: int) -> HourglassError:
    kind = Unavailable if refused.again else Conflict
    page = int(message_id.rpartition("-")[2])
    return kind(
        f"The receiver did not take page {page}: {refused.sentence}"
        f"{f', {tries} times' if tries > 1 else ''}. The pages before it were taken.",
        page=page,
    )
