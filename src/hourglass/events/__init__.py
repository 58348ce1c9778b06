"""The event vocabulary: what clients send, what we call it, and the pipeline between the two."""

from hourglass.events.aliases import DIALECTS
from hourglass.events.check import DEPTH_LIMIT, EVENT_LIMIT, check, check_bytes, check_fields, read_time, refused
from hourglass.events.decode import NAMES, STEPS, decode
from hourglass.events.envelope import envelope, opening, partition_key, resealed
from hourglass.events.event import Dropped, Event
from hourglass.events.identifiers import identifiers
from hourglass.events.incoming import KINDS, Incoming, Kind
from hourglass.events.moment import read_moment
from hourglass.events.vocabulary import VOCABULARY, EventType

__all__ = [
    "DEPTH_LIMIT",
    "DIALECTS",
    "EVENT_LIMIT",
    "KINDS",
    "NAMES",
    "STEPS",
    "VOCABULARY",
    "Dropped",
    "Event",
    "EventType",
    "Incoming",
    "Kind",
    "check",
    "check_bytes",
    "check_fields",
    "decode",
    "envelope",
    "identifiers",
    "opening",
    "partition_key",
    "read_moment",
    "read_time",
    "refused",
    "resealed",
]
