"""The event vocabulary: what clients send, what we call it, and the pipeline between the two."""

from hourglass.events.aliases import DIALECTS
from hourglass.events.check import (
    EVENT_LIMIT,
    SHORT_EVENT,
    Window,
    check,
    check_event,
    check_long,
    check_text,
    read_time,
    refused,
    window,
)
from hourglass.events.decode import NAMES, STEPS, decode
from hourglass.events.envelope import envelope, opening, partition_key, resealed
from hourglass.events.event import Dropped, Event
from hourglass.events.identifiers import identifiers
from hourglass.events.incoming import KINDS, Glance, Incoming, Kind
from hourglass.events.moment import read_moment
from hourglass.events.text import DEPTH_LIMIT, within
from hourglass.events.vocabulary import VOCABULARY, EventType

__all__ = [
    "DEPTH_LIMIT",
    "DIALECTS",
    "EVENT_LIMIT",
    "KINDS",
    "NAMES",
    "SHORT_EVENT",
    "STEPS",
    "VOCABULARY",
    "Dropped",
    "Event",
    "EventType",
    "Glance",
    "Incoming",
    "Kind",
    "Window",
    "check",
    "check_event",
    "check_long",
    "check_text",
    "decode",
    "envelope",
    "identifiers",
    "opening",
    "partition_key",
    "read_moment",
    "read_time",
    "refused",
    "resealed",
    "window",
    "within",
]
