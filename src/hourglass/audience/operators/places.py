"""A circle on the map, the right side of `within_km`."""

from __future__ import annotations

from msgspec import Struct

from hourglass.audience.reading import Node
from hourglass.kernel import Malformed

_BOUNDS = {"lat": (-90, 90), "lon": (-180, 180), "km": (0, 20_000)}


class Place(Struct, frozen=True):
    """Degrees north and east of its middle, and its radius."""

    lat: float
    lon: float
    km: float


def read_place(document: object, path: str) -> Place:
    """{lat, lon, km}. Raises Malformed with the path."""
    node = Node(document, path, "a place: {lat: 43.24, lon: 76.95, km: 25}")
    node.only(_BOUNDS)
    for name, (least, most) in _BOUNDS.items():
        if not least <= node.number(name) <= most or (name == "km" and node.number(name) == 0):
            raise Malformed(f"“{name}” lies between {least} and {most}.", path=node.at(name))
    return Place(node.number("lat"), node.number("lon"), node.number("km"))
