"""Who is who: the identity graph, people and what is known about them."""

from hourglass.profiles.apply import apply
from hourglass.profiles.consent import EVERY_TOPIC, Consent, current, grant, withdraw
from hourglass.profiles.erase import erase, expire_visitors
from hourglass.profiles.export import export
from hourglass.profiles.identifiers import STRENGTH
from hourglass.profiles.match import Match, anchored, match
from hourglass.profiles.memory import Memory
from hourglass.profiles.merge import Review, merge, reject, reviews, unmerge
from hourglass.profiles.names import display_name, display_names
from hourglass.profiles.people import People
from hourglass.profiles.person import Person, find_profile, look
from hourglass.profiles.plan import Absorbed, Move
from hourglass.profiles.regroup import Regrouped
from hourglass.profiles.resolve import Overlap, resolve
from hourglass.profiles.search import PeopleCounts, people_counts, search
from hourglass.profiles.timeline import Item, Timeline, timeline
from hourglass.profiles.worth import Money, money

__all__ = [
    "EVERY_TOPIC",
    "STRENGTH",
    "Absorbed",
    "Consent",
    "Item",
    "Match",
    "Memory",
    "Money",
    "Move",
    "Overlap",
    "People",
    "PeopleCounts",
    "Person",
    "Regrouped",
    "Review",
    "Timeline",
    "anchored",
    "apply",
    "current",
    "display_name",
    "display_names",
    "erase",
    "expire_visitors",
    "export",
    "find_profile",
    "grant",
    "look",
    "match",
    "merge",
    "money",
    "people_counts",
    "reject",
    "resolve",
    "reviews",
    "search",
    "timeline",
    "unmerge",
    "withdraw",
]
