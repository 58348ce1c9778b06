"""Who is who: the identity graph, people and what is known about them."""

from hourglass.profiles.apply import apply
from hourglass.profiles.people import People
from hourglass.profiles.plan import Absorbed, Move
from hourglass.profiles.resolve import Overlap, resolve

__all__ = ["Absorbed", "Move", "Overlap", "People", "apply", "resolve"]
