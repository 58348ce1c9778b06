"""The JSON Schema of a campaign's document."""

from __future__ import annotations

from typing import Any

from hourglass.definitions import Document

_TEXT = {"type": "string", "pattern": r"\S"}
_BY_LANGUAGE = {"anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT, "minProperties": 1}]}
_PERCENT = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[\d.]+\s*%$"}]}


def campaign_schema() -> Document:
    """A condition is described by the schema `condition`."""
    fields: dict[str, Any] = {
        "kind": {"const": "campaign"}, "key": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,79}$"},
        "name": _TEXT, "description": {"type": "string"}, "state": {"enum": ["draft", "live", "paused", "archived"]},
        "segment": _TEXT, "when": {"type": "object"}, "channel": _TEXT, "template": _TEXT, "topic": _TEXT,
        "class": {"enum": ["marketing", "transactional"]}, "schedule": _schedule(), "control": _PERCENT,
        "variants": {"type": "array", "minItems": 2, "maxItems": 8, "items": _variant()}, "test": _test(),
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A campaign", "type": "object",
        "properties": fields, "required": ["kind", "key", "channel", "template"], "additionalProperties": False,
        "oneOf": [{"required": ["segment"]}, {"required": ["when"]}], "dependentRequired": {"test": ["variants"]},
    }  # fmt: skip


def _schedule() -> dict[str, Any]:
    local = {"local": {"type": "boolean"}, "passed": {"enum": ["at_once", "next_day"]}}
    once = {"type": "object", "properties": {"at": _TEXT, **local}, "required": ["at"], "additionalProperties": False}
    again = {
        "type": "object", "required": ["every"], "additionalProperties": False,
        "properties": {"every": _TEXT, "on": {}, "at": _TEXT, "until": _TEXT, "grace": _TEXT, **local,
                       "count": {"type": "integer", "minimum": 1}},
    }  # fmt: skip
    return {"anyOf": [{"const": "now"}, once, again]}


def _variant() -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": _TEXT, "weight": {"type": "number", "exclusiveMinimum": 0}, "subject": _BY_LANGUAGE,
        "preheader": _BY_LANGUAGE, "template": _TEXT, "channel": _TEXT, "send_at": _TEXT,
        "from": {"type": "object", "properties": {"name": _TEXT, "address": _TEXT}, "additionalProperties": False,
                 "minProperties": 1},
    }  # fmt: skip
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _test() -> dict[str, Any]:
    fields: dict[str, Any] = {
        "share": _PERCENT, "for": _TEXT, "confidence": _PERCENT, "fallback": _TEXT,
        "winner_by": {"enum": ["clicks", "opens", "orders", "revenue", "unsubscribes"]},
    }  # fmt: skip
    return {"type": "object", "properties": fields, "required": ["for"], "additionalProperties": False}
