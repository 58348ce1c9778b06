"""From a chunk of the log to canonical events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from hourglass.events import Dropped, Event, Kind, decode, envelope, opening, resealed

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def events_of(*envelopes: bytes, received_at: datetime = NOW) -> tuple[list[Event], list[Dropped]]:
    return decode(b"[" + b",".join(envelopes) + b"]", received_at, NOW)


def event_of(kind: Kind, **body: Any) -> Event:
    events, dropped = events_of(envelope(kind, {"userId": "u1", **body}))
    assert not dropped
    return events[0]


def dropped_as(*envelopes: bytes) -> list[str]:
    return [letter.reason for letter in events_of(*envelopes)[1]]


def test_a_track_call_becomes_an_event_with_its_fields() -> None:
    event = event_of("track", event="Song Played", messageId="m1", anonymousId="a1", properties={"title": "Ода"})
    assert (event.kind, event.name, event.message_id) == ("track", "Song Played", "m1")
    assert (event.user_id, event.anonymous_id) == ("u1", "a1")
    assert event.properties == {"title": "Ода"}
    assert event.at == event.received_at == NOW


@pytest.mark.parametrize(
    ("kind", "name"),
    [("identify", "Profile Identified"), ("page", "Page Viewed"), ("screen", "Screen Viewed"),
     ("group", "Group Joined"), ("alias", "Alias Stated")],
)  # fmt: skip
def test_calls_without_a_name_of_their_own_get_one(kind: Kind, name: str) -> None:
    assert event_of(kind).name == name


def test_the_same_message_id_gives_the_same_id() -> None:
    first, again, other = (event_of("page", messageId=name).id for name in ("m1", "m1", "m2"))
    assert first == again != other


def test_a_page_keeps_its_name_and_category_among_the_properties() -> None:
    event = event_of("page", name="Home", category="Shop", properties={"url": "/"})
    assert event.properties == {"url": "/", "name": "Home", "category": "Shop"}


def test_identifiers_may_be_numbers() -> None:
    assert event_of("track", event="x", userId=42).user_id == "42"


def test_the_clients_clock_error_is_taken_out() -> None:
    late = envelope("track", {"userId": "u", "event": "x", "timestamp": "2026-05-01T09:00:00Z",
                              "sentAt": "2026-05-01T09:00:10Z"})  # fmt: skip
    (event,), _ = events_of(late)
    assert event.at == NOW - timedelta(seconds=10)


def test_sent_at_of_the_batch_counts_where_the_event_has_none() -> None:
    body = b'{"userId":"u","event":"x","messageId":"m","timestamp":"2026-05-01T09:00:00+03:00"}'
    (event,), _ = events_of(opening("track", sent_at="2026-05-01T06:00:30Z") + body + b"}")
    assert event.at == NOW - timedelta(seconds=30)


def test_a_clock_slightly_ahead_counts_as_now() -> None:
    assert event_of("track", event="x", timestamp="2026-05-01T13:00:00Z").at == NOW


def test_nothing_is_received_after_now() -> None:
    (event,), _ = events_of(envelope("page", {"userId": "u"}), received_at=NOW + timedelta(hours=1))
    assert event.received_at == event.at == NOW


def test_history_is_said_by_the_envelope_or_by_the_context() -> None:
    (by_envelope,), _ = events_of(envelope("page", {"userId": "u"}, historical=True))
    by_context = event_of("page", context={"historical": True})
    assert by_envelope.historical
    assert by_context.historical
    assert not event_of("page", context={"historical": "yes"}).historical


def test_context_of_the_batch_and_the_browsers_address_fill_gaps() -> None:
    start = opening("page", ip="203.0.113.9", context=msgspec.Raw(b'{"locale":"ru","app":{"name":"x"}}'))
    (event,), _ = events_of(start + b'{"userId":"u","messageId":"m","context":{"locale":"en"}}}')
    assert event.context == {"locale": "en", "app": {"name": "x"}, "ip": "203.0.113.9"}


def test_whole_numbers_beyond_64_bits_become_floats() -> None:
    event = event_of("track", event="x", properties={"fine": 2**63 - 1, "deep": [{"huge": 10**30}]})
    assert event.properties == {"fine": 2**63 - 1, "deep": [{"huge": 1e30}]}
    assert msgspec.json.encode(event.properties)


def test_a_number_beyond_a_float_stays_as_it_was_written() -> None:
    body = b'{"userId":"u","event":"x","messageId":"m","properties":{"a":1e999,"b":1.5}}'
    (event,), dropped = events_of(opening("track") + body + b"}")
    assert not dropped
    assert event.properties == {"a": "1e999", "b": 1.5}


def test_one_bad_envelope_leaves_its_neighbours_alone() -> None:
    good = envelope("page", {"userId": "u"})
    events, dropped = events_of(good, b'{"k":"dance","e":{}}', good)
    assert len(events) == 2
    assert [letter.reason for letter in dropped] == ["not_an_event"]
    assert dropped[0].envelope == b'{"k":"dance","e":{}}'
    assert dropped[0].received_at == NOW


def test_a_chunk_that_is_no_json_is_dropped_whole() -> None:
    events, dropped = decode(b"[nonsense", NOW, NOW)
    assert not events
    assert [letter.reason for letter in dropped] == ["not_json"]


def test_every_late_refusal_has_its_reason() -> None:
    assert dropped_as(envelope("page", {})) == ["nobody"]
    assert dropped_as(opening("page") + b'{"userId":"u"}}') == ["no_message_id"]
    assert dropped_as(envelope("track", {"userId": "u"})) == ["no_name"]
    assert dropped_as(envelope("page", {"userId": "u", "timestamp": "yesterday"})) == ["no_time"]
    assert dropped_as(envelope("page", {"userId": "u", "timestamp": "2026-05-03T12:00:00Z"})) == ["from_the_future"]
    assert dropped_as(envelope("page", {"userId": "u", "timestamp": "1989-12-31T00:00:00Z"})) == ["from_the_past"]


def test_an_event_of_ours_without_a_message_id_gets_one_from_its_content() -> None:
    first, again = (envelope("track", {"userId": "u", "event": "Message Sent"}) for _ in range(2))
    other = envelope("track", {"userId": "u", "event": "Message Opened"})
    ids = [events_of(one)[0][0].id for one in (first, again, other)]
    assert ids[0] == ids[1] != ids[2]


def test_an_event_that_is_replayed_keeps_everything_it_came_with() -> None:
    start = opening("page", sent_at="2026-05-01T11:00:00Z", ip="::1", historical=True,
                    context=msgspec.Raw(b'{"a":[1]}'), message_id="made")  # fmt: skip
    before = start + b'{"userId":"u","odd":{"b":1.50}}}'
    after = resealed(before, NOW)
    assert after == before.replace(b',"e":', b',"r":"2026-05-01T12:00:00Z","e":')
    assert resealed(envelope("page", {"userId": "u"}), NOW).startswith(b'{"k":"page","r":')


def test_an_event_that_is_replayed_remembers_when_it_was_received() -> None:
    again = resealed(envelope("page", {"userId": "u"}), NOW - timedelta(days=3))
    (event,), _ = events_of(resealed(again, NOW))
    assert event.received_at == event.at == NOW - timedelta(days=3)
