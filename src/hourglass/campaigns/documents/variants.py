"""Variants of a campaign, drawn by lot: other words, another sender, another hour or channel, each with its weight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any, cast

from msgspec import Struct

from hourglass.journeys import read_time
from hourglass.kernel import Malformed

_FIELDS = {"name", "weight", "subject", "preheader", "from", "template", "channel", "send_at"}
_FEWEST, _MOST = 2, 8
_LONGEST_NAME = 40
Words = str | dict[str, str]
"""A text, or one for each language."""


class Variant(Struct, frozen=True, kw_only=True):
    """One of several ways to say it; what it leaves out is the campaign's own."""

    name: str
    weight: float = 1.0
    subject: Words | None = None
    preheader: Words | None = None
    sender: dict[str, str] | None = None
    """`name` and `address` of the line From."""
    template: str | None = None
    channel: str | None = None
    send_at: time | None = None
    """The time of day when it leaves, on the clock that the schedule is read by."""

    @property
    def wording(self) -> dict[str, Any] | None:
        """What replaces parts of the template; None where nothing does."""
        told = {"subject": self.subject, "preheader": self.preheader, "from": self.sender}
        return {name: value for name, value in told.items() if value is not None} or None


def read_variants(value: object) -> tuple[Variant, ...]:
    """The list of a campaign's document, or Malformed with the place."""
    if value is None:
        return ()
    told = cast("list[object]", value) if isinstance(value, list) else []
    if not _FEWEST <= len(told) <= _MOST:
        raise Malformed(
            f"`variants` is a list of {_FEWEST} to {_MOST}, like [{{name: a, subject: ...}}, ...].", path="variants"
        )
    found = tuple(_variant(item, place) for place, item in enumerate(told))
    names = [one.name for one in found]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise Malformed(f"Two variants are called “{name}”.", path=f"variants[{place}].name")
    return found


def _variant(value: object, place: int) -> Variant:
    path = f"variants[{place}]"
    if not isinstance(value, dict):
        raise Malformed("A variant is written like {name: a, subject: ...}.", path=path)
    told = cast("dict[str, Any]", value)
    strange = sorted(told.keys() - _FIELDS)
    if strange:
        raise Malformed(
            f"A variant has no field “{strange[0]}”; known: {', '.join(sorted(_FIELDS))}.", path=f"{path}.{strange[0]}"
        )
    return Variant(
        name=_name(told.get("name", chr(ord("a") + place)), f"{path}.name"),
        weight=_weight(told.get("weight", 1), f"{path}.weight"),
        subject=_words(told, "subject", path),
        preheader=_words(told, "preheader", path),
        sender=_sender(told.get("from"), f"{path}.from"),
        template=_text(told, "template", path),
        channel=_text(told, "channel", path),
        send_at=None if told.get("send_at") is None else read_time(told["send_at"], f"{path}.send_at"),
    )


def _name(value: object, path: str) -> str:
    text = str(value).strip()
    if not text or len(text) > _LONGEST_NAME or isinstance(value, bool | dict | list):
        raise Malformed(f"A variant is called by a word of up to {_LONGEST_NAME} letters, like a or short.", path=path)
    return text


def _weight(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise Malformed("A weight is a number above 0; weights are compared with each other.", path=path)
    return float(value)


def _text(told: Mapping[str, Any], field: str, path: str) -> str | None:
    value = told.get(field)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise Malformed(f"“{field}” is a text.", path=f"{path}.{field}")
    return value


def _words(told: Mapping[str, Any], field: str, path: str) -> Words | None:
    value = cast("Words | None", told.get(field))
    texts: list[object] = list(value.values()) if isinstance(value, dict) else [value]
    if value is not None and (not texts or any(not isinstance(text, str) or not text.strip() for text in texts)):
        raise Malformed(f"“{field}” is a text, or one for each language: {{en: ..., ru: ...}}.", path=f"{path}.{field}")
    return value


def _sender(value: object, path: str) -> dict[str, str] | None:
    if value is None:
        return None
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    good = all(isinstance(part, str) and part.strip() for part in told.values())
    if not told or told.keys() - {"name", "address"} or not good or "@" not in told.get("address", "@"):
        raise Malformed("`from` is {name: Anna, address: anna@shop.example}; one of them is enough.", path=path)
    return told
