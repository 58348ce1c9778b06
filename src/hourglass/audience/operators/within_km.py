"""On the map, not farther than so many kilometres from a place.

The left side is a text “43.24, 76.95” (north, east) or an object {lat, lon}, {latitude, longitude} or {lat, lng}.
Haversine formula on a sphere of 6371.0088 km (the mean radius of IUGG), with sines as polynomials: sums and products
are the same on every engine, sines are not.
"""

from __future__ import annotations

from math import asin, pi, sin
from typing import Any

from hourglass.audience.columns.scope import Scope
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.places import Place
from hourglass.audience.plural import plain

_RADIUS = 6371.0088
_DEGREE = pi / 180
_NUMBER = r"(-?[0-9]{1,3}(?:\.[0-9]+)?)"
_PAIR = rf"^\s*{_NUMBER}\s*[,;]\s*{_NUMBER}\s*\z"
# Chosen so that the first terms left out are below 1e-12 within a quarter turn.
_TAYLOR = (1.0, -1 / 6, 1 / 120, -1 / 5040, 1 / 362_880, -1 / 39_916_800, 1 / 6_227_020_800, -1 / 1_307_674_368_000)


def _build(left: Any, right: Place, scope: Scope) -> Any:
    north, east = _part(left, "1", r"lat(?:itude)?", scope), _part(left, "2", r"(?:lon(?:gitude)?|lng)", scope)
    real = (north >= -90) & (north <= 90) & (east >= -180) & (east <= 180)
    apart = (east - right.lon).abs()
    around = scope.x.when(apart > 180).then(360 - apart).otherwise(apart)
    up, over = (
        _sine(scope.share((north - right.lat).abs() * (_DEGREE / 2), 2)),
        _sine(scope.share(around * (_DEGREE / 2), 2)),
    )
    shrunk = _sine((90 - north.abs()) * _DEGREE) * sin((90 - abs(right.lat)) * _DEGREE)
    farthest = sin(min(right.km / (2 * _RADIUS), asin(1.0))) ** 2
    return real & (up * up + shrunk * over * over <= farthest)


def _part(left: Any, place: str, name: str, scope: Scope) -> Any:
    """A coordinate, from the pair or from the object."""
    field = rf'^\s*\{{.*"{name}"\s*:\s*"?{_NUMBER}"?\s*[,}}].*\z'
    pair = scope.only(left.str.contains(_PAIR), left.str.replace_all(_PAIR, f"${place}"))
    named = scope.only(left.str.contains(field), left.str.replace_all(field, "$1"))
    return scope.share(scope.number(scope.share(scope.x.coalesce(pair, named))), 1)


def _sine(angle: Any) -> Any:
    """Of 0 to a quarter turn."""
    square = angle * angle
    found = square * 0.0 + _TAYLOR[-1]
    for term in reversed(_TAYLOR[:-1]):
        found = found * square + term
    return found * angle


def _shows(value: Place, locale: str) -> str:
    pattern = {"ru": "{0} км от точки {1}, {2}"}.get(locale, "{0} km of {1}, {2}")
    return pattern.format(*(plain(one) for one in (value.km, value.lat, value.lon)))


_ALMATY = {"lat": 43.238, "lon": 76.945, "km": 10}

WITHIN_KM = Operator(
    name="within_km",
    words={"en": "is within {value}", "ru": "не дальше {value}"},
    build=_build,
    takes="place",
    reads="text",
    shows=_shows,
    examples=(
        ("43.238,76.945", _ALMATY, True),
        ("43.30, 76.90", _ALMATY, True),
        ("43.35,76.945", _ALMATY, False),
        ('{"lat": 43.25, "lon": 76.95}', _ALMATY, True),
        ('{"longitude":"76.95","latitude":"43.25"}', _ALMATY, True),
        ('{"lat": 43.25, "lng": 76.95, "name": "home"}', _ALMATY, True),
        ('{"lat": 51.16, "lon": 71.47}', _ALMATY, False),
        ('{"lat": 43.25}', _ALMATY, False),
        ("51.16,71.47", {"lat": 43.238, "lon": 76.945, "km": 972}, False),
        ("51.16,71.47", {"lat": 43.238, "lon": 76.945, "km": 973}, True),
        ("0,179.95", {"lat": 0, "lon": -179.95, "km": 12}, True),
        ("-43.238,-103.055", {"lat": 43.238, "lon": 76.945, "km": 20000}, False),
        ("91,0", {"lat": 90, "lon": 0, "km": 1000}, False),
        ("Almaty", _ALMATY, False),
        (None, _ALMATY, False),
    ),
)
