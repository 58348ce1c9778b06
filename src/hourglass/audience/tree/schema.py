"""The JSON Schema of conditions, collected from the leaves, measures and operators, each of which knows its own.

What it lets through, the reader accepts, but for what no schema can say: whether a pattern holds together, whether a
date exists, which of two comes first.
"""

from __future__ import annotations

import json
from typing import Any

from hourglass.audience.columns.scope import AMOUNT
from hourglass.audience.comparison.compare import Kind, fits
from hourglass.audience.comparison.where import MOMENT as AT
from hourglass.audience.leaves import LEAVES
from hourglass.audience.measures import MEASURES
from hourglass.audience.operators import OPERATORS, READERS
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.values import MOMENT, SPAN
from hourglass.history import MONEY, TYPED

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_NUMBERS: Schema = {"type": "array", "items": {"type": "number"}}
_BY_KIND: dict[tuple[str, bool], Schema] = {
    ("one", False): {"type": "number"},
    ("list", False): _NUMBERS | {"minItems": 1},
    ("range", False): _NUMBERS | {"minItems": 2, "maxItems": 2},
    ("range", True): {"type": "array", "items": MOMENT, "minItems": 2, "maxItems": 2},
}
"""What is narrower than the reader's own schema, beside a number and beside a moment."""
_NAMED_NUMBERS = sorted({*MONEY, AMOUNT, *(name for name, kind in TYPED.items() if kind.is_numeric())})


def condition_schema() -> Schema:
    """One condition, with everything that may stand in it."""
    return {"$schema": DIALECT, "title": "A condition", **ref("condition"), "$defs": definitions()}


def segment_schema() -> Schema:
    """A segment as a document: a condition, or a static list."""
    fields = {
        "kind": {"const": "segment"}, "key": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,79}$"},
        "name": _TEXT, "description": {"type": "string"},
        "state": {"enum": ["draft", "live", "paused", "archived"]}, "list": {"type": "boolean"},
        "when": ref("condition"),
    }  # fmt: skip
    by_hand = {"properties": {"list": {"const": True}}, "required": ["list"], "not": {"required": ["when"]}}
    live = {"properties": {"list": {"const": False}}, "required": ["when"]}
    return {
        "$schema": DIALECT, "title": "A segment", "type": "object", "properties": fields, "required": ["kind", "key"],
        "additionalProperties": False, "anyOf": [live, by_hand], "$defs": definitions(),
    }  # fmt: skip


def definitions() -> Schema:
    """What documents with conditions in them refer to by `#/$defs/...`."""
    return {
        "condition": {"anyOf": [_joined("all"), _joined("any"), _negated(), *(_leaf(name) for name in LEAVES)]},
        "text": _TEXT,
        "duration": SPAN,
        "op": {"enum": sorted(OPERATORS)},
        "comparison": _comparison("text", "equals"),
        "measure": {"anyOf": [_measure(name) for name in MEASURES]},
        "measured": {"anyOf": _measured()},
        "where": _where(moving=False),
        "where_now": _where(moving=True),
    }


def ref(name: str) -> Schema:
    """A reference to one of them."""
    return {"$ref": f"#/$defs/{name}"}


def _joined(form: str) -> Schema:
    children = {"type": "array", "items": ref("condition"), "minItems": 1}
    return _closed({form: children}, [form])


def _negated() -> Schema:
    return _closed({"not": ref("condition")}, ["not"])


def _leaf(form: str) -> Schema:
    return {"type": "object", "title": form, **LEAVES[form].schema(), "additionalProperties": False}


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _where(*, moving: bool) -> Schema:
    """Comparisons of properties; what a property holds says which operators it knows."""
    fields = {"property": _TEXT, "op": {}, "value": {}}
    special = [*_NAMED_NUMBERS, AT]
    kinds: list[tuple[Schema, Kind]] = [
        ({"enum": _NAMED_NUMBERS}, "number"),
        ({"const": AT}, "moment"),
        ({"not": {"enum": special}}, "text"),
    ]
    either = [{"properties": {"property": name}, **_comparison(kind, "equals", moving=moving)} for name, kind in kinds]
    return {"type": "array", "items": _closed(fields, ["property"]) | {"anyOf": either}}


def _measure(name: str) -> Schema:
    """A measure, whatever it gives."""
    match MEASURES[name].takes:
        case "nothing":
            asked: Schema = {"const": True}
        case "property":
            asked = _TEXT
        case "either":
            asked = {"anyOf": [{"const": True}, _TEXT]}
        case "share":
            parts = {"allOf": [ref("where_now"), {"minItems": 1}]}
            asked = _closed({"where": parts, "of": _TEXT}, ["where"])
    return _closed({name: asked}, [name])


def _measured() -> list[Schema]:
    """A measure with comparisons that fit what it gives; without one events are counted."""
    counted: Schema = {"properties": {"measure": {"properties": {"count": {}}, "required": ["count"]}}}
    bare = {**counted, **_comparison("number", "at_least", filled=True)}
    numbers = [name for name, one in MEASURES.items() if one.takes != "either"]
    found = [bare, _giving([{"required": [name]} for name in numbers], "number")]
    edges = [name for name, one in MEASURES.items() if one.takes == "either"]
    for asked, kind in (
        ({"enum": [True, AT]}, "moment"),
        ({"enum": _NAMED_NUMBERS}, "number"),
        ({"type": "string", "not": {"enum": [*_NAMED_NUMBERS, AT]}}, "text"),
    ):
        found.append(_giving([{"properties": {name: asked}, "required": [name]} for name in edges], kind))
    return found


def _giving(measures: list[Schema], kind: Any) -> Schema:
    return {
        "properties": {"measure": {"anyOf": measures}},
        "required": ["measure"],
        **_comparison(kind, "at_least"),
    }


def _comparison(kind: Kind, default: str, *, moving: bool = True, filled: bool = False) -> Schema:
    """`op` and `value` beside something of a kind; `filled`: without a value a number stands there anyway."""
    names = [name for name, one in OPERATORS.items() if fits(kind, name, None) and (moving or one.due is None)]
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(json.dumps([_value(OPERATORS[name], kind), _needs_value(name, filled)]), []).append(name)
    ways: list[Schema] = []
    for key, some in groups.items():
        value, needed = json.loads(key)
        required = {"required": ["op", "value"] if needed else ["op"]}
        ways.append({"allOf": [{"properties": {"op": {"enum": some}, "value": value}}, required]})
    if default in names:
        value = {"properties": {"value": _value(OPERATORS[default], kind)}, "not": {"required": ["op"]}}
        ways.append(value if filled else value | {"required": ["value"]})
    return {"allOf": [{"anyOf": ways}]}


def _needs_value(name: str, filled: bool) -> bool:
    takes = OPERATORS[name].takes
    return takes != "nothing" and not (filled and takes in ("one", "number"))


def _value(operator: Operator, kind: Kind) -> Schema:
    narrow = _BY_KIND.get((operator.takes, kind == "moment")) if kind != "text" else None
    return READERS[operator.takes].schema if narrow is None else narrow
