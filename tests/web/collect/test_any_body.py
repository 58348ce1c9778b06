"""Whatever comes in, the answer is 200 or an error of the contract."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hourglass.events import decode
from hourglass.kernel import SystemClock
from tests.web.collect.door import Door

PATHS = st.sampled_from(["track", "identify", "page", "group", "alias", "batch", "import", "t", "b"]).map(
    "/v1/{}".format
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
fields = st.sampled_from(
    ["type", "event", "userId", "anonymousId", "previousId", "groupId", "messageId", "timestamp", "sentAt", "traits",
     "properties", "context", "name", "category", "writeKey", "batch", "integrations"]
)  # fmt: skip
ids = st.text(min_size=1, max_size=5) | st.integers()
events = st.fixed_dictionaries(
    {"type": st.sampled_from(["track", "identify", "page"]), "userId": ids, "event": st.text(min_size=1, max_size=9)},
    optional={"properties": st.dictionaries(st.text(), values, max_size=4), "messageId": st.text(max_size=9)},
)
bodies = st.one_of(
    st.dictionaries(fields, values),
    st.fixed_dictionaries({"batch": st.lists(events | st.dictionaries(fields, values), max_size=4)}),
    events,
)


@given(path=PATHS, body=bodies)
def test_any_json(path: str, body: Any) -> None:
    try:
        content = msgspec.json.encode(body)
    except (OverflowError, UnicodeEncodeError):
        return
    _holds(path, content)


@given(path=PATHS, content=st.binary(max_size=200))
def test_any_bytes(path: str, content: bytes) -> None:
    _holds(path, content)


@given(event=events, place=st.integers(0, 200), noise=st.binary(min_size=1, max_size=3))
def test_a_damaged_event(event: dict[str, Any], place: int, noise: bytes) -> None:
    try:
        content = msgspec.json.encode(event)
    except (OverflowError, UnicodeEncodeError):
        return
    _holds("/v1/track", content[:place] + noise + content[place:])


def _holds(path: str, content: bytes) -> None:
    async def call() -> None:
        door = Door()
        answer = await door.post(path, content)
        assert answer.status_code in {200, 400, 413}
        if answer.status_code != 200:
            assert answer.json()["error"]
            assert not door.writer.pieces
        now = SystemClock().now()
        for piece in door.writer.pieces:
            found, dropped = decode(b"[" + piece.payload + b"]", now, now)
            assert (len(found), dropped) == (piece.events, [])

    asyncio.run(call())
