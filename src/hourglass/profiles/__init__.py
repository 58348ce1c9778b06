"""Who is who: the identity graph, people and what is known about them."""

from hourglass.profiles.apply import apply
from hourglass.profiles.confirmation import (
    Request,
    confirm,
    find_request,
    request,
    requests_of,
    strict_topics,
    subscribe,
)
from hourglass.profiles.consent import (
    EVERY_TOPIC,
    MARKETING,
    Answer,
    Consent,
    Line,
    Proof,
    Statement,
    current,
    grant,
    ledger,
    strongest,
    withdraw,
)
from hourglass.profiles.erase import erase, expire_visitors
from hourglass.profiles.export import export
from hourglass.profiles.identifiers import STRENGTH
from hourglass.profiles.match import Match, anchored, match
from hourglass.profiles.memory import Memory
from hourglass.profiles.merge import Review, merge, reject, reviews, unmerge
from hourglass.profiles.names import EVENT_FIELDS, display_name, display_names, event_names
from hourglass.profiles.people import People
from hourglass.profiles.person import Person, find_profile, look
from hourglass.profiles.plan import Absorbed, Move
from hourglass.profiles.regroup import Regrouped
from hourglass.profiles.resolve import Overlap, resolve
from hourglass.profiles.retrace import retrace
from hourglass.profiles.search import PeopleCounts, people_counts, search
from hourglass.profiles.timeline import Item, Timeline, timeline
from hourglass.profiles.worth import Money, money

__all__ = [
    "EVENT_FIELDS",
    "EVERY_TOPIC",
    "MARKETING",
    "STRENGTH",
    "Absorbed",
    "Answer",
    "Consent",
    "Item",
    "Line",
    "Match",
    "Memory",
    "Money",
    "Move",
    "Overlap",
    "People",
    "PeopleCounts",
    "Person",
    "Proof",
    "Regrouped",
    "Request",
    "Review",
    "Statement",
    "Timeline",
    "anchored",
    "apply",
    "confirm",
    "current",
    "display_name",
    "display_names",
    "erase",
    "event_names",
    "expire_visitors",
    "export",
    "find_profile",
    "find_request",
    "grant",
    "ledger",
    "look",
    "match",
    "merge",
    "money",
    "people_counts",
    "reject",
    "request",
    "requests_of",
    "resolve",
    "retrace",
    "reviews",
    "search",
    "strict_topics",
    "strongest",
    "subscribe",
    "timeline",
    "unmerge",
    "withdraw",
]
