"""What the door refuses, and with which place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hourglass.events import DEPTH_LIMIT, EVENT_LIMIT, Kind, check, decode, opening, partition_key
from hourglass.kernel import HourglassError, Malformed, TooLarge

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
FINE: dict[str, Any] = {"userId": "u", "event": "x", "messageId": "m"}


def place_of(body: dict[str, Any] | bytes, kind: str | None = "track") -> str | None:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    with pytest.raises(Malformed) as caught:
        check(raw, kind, "batch[3]", NOW)
    return caught.value.path


def nested(depth: int) -> bytes:
    """An event whose deepest list stands this deep."""
    inner = b"[" * (depth - 2) + b"]" * (depth - 2)
    return b'{"userId":"u","event":"x","properties":{"a":' + inner + b"}}"


def test_the_key_is_the_user_and_else_the_device() -> None:
    assert check(msgspec.json.encode(FINE | {"anonymousId": "a"}), "track", "", NOW) == b"u"
    assert check(b'{"anonymousId":"a","event":"x"}', "track", "", NOW) == b"a"
    assert check(b'{"userId":17,"event":"x"}', "track", "", NOW) == b"17"


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        ({"userId": None}, "track", "userId"),
        ({"userId": ""}, "page", "userId"),
        ({"userId": 1.5}, "track", "userId"),
        ({"userId": True}, "track", "userId"),
        ({"userId": "u" * 256}, "track", "userId"),
        ({"event": None}, "track", "event"),
        ({"event": "  "}, "track", "event"),
        ({"event": "e" * 201}, "track", "event"),
        ({"messageId": "m" * 101}, "track", "messageId"),
        ({"messageId": 5}, "track", "messageId"),
        ({}, "alias", "previousId"),
        ({"userId": None, "anonymousId": "a", "previousId": "p"}, "alias", "userId"),
        ({}, "group", "groupId"),
        ({}, None, "type"),
        ({"type": "dance"}, None, "type"),
        ({"properties": []}, "track", "properties"),
        ({"traits": "x"}, "identify", "traits"),
        ({"context": 1}, "track", "context"),
        ({"timestamp": "yesterday"}, "track", "timestamp"),
        ({"timestamp": 1714564800}, "track", "timestamp"),
        ({"timestamp": "1989-12-31T23:59:59Z"}, "track", "timestamp"),
        ({"timestamp": "2026-05-02T12:00:01Z"}, "track", "timestamp"),
        ({"timestamp": "9999-12-31T23:59:59-23:00"}, "track", "timestamp"),
        ({"timestamp": "2026-05-01T12:00:00Z", "sentAt": "soon"}, "track", "sentAt"),
        ({"timestamp": "2026-05-01T12:00:00Z", "sentAt": "9999-12-31T00:00:00Z"}, "track", "sentAt"),
    ],
)
def test_a_refusal_says_the_place(change: dict[str, Any], kind: str | None, place: str) -> None:
    fault = place_of({name: value for name, value in (FINE | change).items() if value is not None}, kind)
    assert fault == f"batch[3].{place}"


@pytest.mark.parametrize(
    "time", ["2026-05-01", "2026-05-01T12:00", "2026-05-01T15:00:00.123456+03:00", "2026-05-02T11:59:59Z", "20260501"]
)
def test_iso_times_pass(time: str) -> None:
    assert check(msgspec.json.encode(FINE | {"timestamp": time}), "track", "", NOW) == b"u"


def test_a_wrong_clock_that_says_so_passes() -> None:
    event = FINE | {"timestamp": "1970-01-01T00:00:05Z", "sentAt": "1970-01-01T00:00:06Z"}
    assert check(msgspec.json.encode(event), "track", "", NOW) == b"u"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (rb'{"userId":"u\u0000","event":"x"}', "userId"),
        (rb'{"userId":"u","event":"x","properties":{"a":[1,{"b":"\u0000"}]}}', "properties.a[1].b"),
        (rb'{"userId":"u","event":"x","properties":{"a\u0000":1}}', "properties"),
    ],
)
def test_nul_is_refused_with_its_place(text: bytes, place: str) -> None:
    assert place_of(text) == f"batch[3].{place}"


def test_a_backslash_before_u0000_is_no_nul() -> None:
    assert check(rb'{"userId":"u","event":"C:\\u0000"}', "track", "", NOW) == b"u"


def test_depth_has_a_limit_and_brackets_in_text_do_not_count() -> None:
    assert check(nested(DEPTH_LIMIT), "track", "", NOW) == b"u"
    assert place_of(nested(DEPTH_LIMIT + 1)) == "batch[3]"
    assert place_of(nested(5000)) == "batch[3]"
    brackets = msgspec.json.encode(FINE | {"properties": {"a": "[{" * 500, '"[': "\\"}})
    assert check(brackets, "track", "", NOW) == b"u"


def test_an_event_has_a_largest_size() -> None:
    assert check(msgspec.json.encode(FINE | {"properties": {"a": "x" * (EVENT_LIMIT - 200)}}), "track", "", NOW)
    with pytest.raises(TooLarge) as caught:
        check(msgspec.json.encode(FINE | {"properties": {"a": "x" * EVENT_LIMIT}}), "track", "batch[0]", NOW)
    assert caught.value.path == "batch[0]"


def test_a_thousand_properties_pass() -> None:
    event = FINE | {"properties": {f"p{number}": number for number in range(1000)}}
    assert check(msgspec.json.encode(event), "track", "", NOW) == b"u"


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    digits = b"9" * 6000
    assert place_of(b'{"userId":"u","event":"x","properties":{"a":' + digits + b"}}") == "batch[3].properties[...]"


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{", b'{"userId":NaN}', b'{"userId":"\xff"}',
                                  rb'{"userId":"\ud800"}', rb'{"properties":{"a":"\udc00"}}'])  # fmt: skip
def test_what_is_no_json_object_is_refused(text: bytes) -> None:
    place_of(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(
    ["type", "event", "name", "category", "userId", "anonymousId", "previousId", "groupId", "messageId", "timestamp",
     "sentAt", "traits", "properties", "context", "integrations"]
)  # fmt: skip
likely = st.fixed_dictionaries(
    {"userId": st.text(min_size=1) | st.integers(), "event": st.text(min_size=1), "messageId": st.just("m")},
    optional={
        "properties": st.dictionaries(st.text(), json_values, max_size=5),
        "context": st.dictionaries(st.text(), json_values, max_size=3),
        "timestamp": st.datetimes().map(datetime.isoformat) | st.text(),
        "traits": st.dictionaries(st.text(), json_values, max_size=3),
    },
)


@given(event=st.dictionaries(names, json_values) | likely, kind=st.sampled_from(["track", "identify", "page", "alias"]))
def test_what_the_door_lets_in_the_pipeline_takes(event: dict[str, Any], kind: Kind) -> None:
    try:
        raw = msgspec.json.encode(event)
    except (OverflowError, UnicodeEncodeError, ValueError):
        return
    try:
        key = check(raw, kind, "", NOW)
    except HourglassError:
        return
    sealed = opening(kind, message_id="made") + raw + b"}"
    events, dropped = decode(b"[" + sealed + b"]", NOW, NOW)
    assert not dropped
    assert msgspec.json.encode([events[0].properties, events[0].traits, events[0].context])
    assert partition_key(sealed) == key
