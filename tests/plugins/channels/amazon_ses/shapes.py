"""Holds a document against the shapes of an AWS service description."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

SPEC = json.loads(Path(__file__).with_name("send_email.json").read_text("utf-8"))
PLAIN = {"string": str, "boolean": bool, "blob": str, "integer": int, "timestamp": (int, float, str)}


def faults(document: Any, shape: str = "SendEmailRequest", place: str = "$") -> list[str]:
    """What does not fit, with its place; nothing when all does."""
    told = SPEC["shapes"][shape]
    kind = told["type"]
    if kind == "structure":
        strange = [f"{place}: no member {name}" for name in document if name not in told["members"]]
        missing = [f"{place}: {name} is missing" for name in told.get("required", []) if name not in document]
        inner = (faults(value, told["members"][name]["shape"], f"{place}.{name}") for name, value in document.items()
                 if name in told["members"])  # fmt: skip
        return strange + missing + [fault for found in inner for fault in found]
    if kind == "list":
        many = [f"{place}: more than {told['max']}"] if len(document) > told.get("max", len(document)) else []
        return many + [
            fault for n, one in enumerate(document) for fault in faults(one, told["member"]["shape"], f"{place}[{n}]")
        ]
    return _plain(document, told, place)


def _plain(value: Any, told: dict[str, Any], place: str) -> list[str]:
    if not isinstance(value, PLAIN[told["type"]]):
        return [f"{place}: {type(value).__name__} is no {told['type']}"]
    if "enum" in told and value not in told["enum"]:
        return [f"{place}: {value} is none of {told['enum']}"]
    if isinstance(value, str) and told["type"] == "string":
        if not told.get("min", 0) <= len(value) <= told.get("max", len(value)):
            return [f"{place}: {len(value)} letters"]
        if "pattern" in told and not re.search(told["pattern"], value):
            return [f"{place}: {value} is not {told['pattern']}"]
    return []
