"""A topic: what people agree to hear about, and withdraw from without losing the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct

from hourglass.definitions import Kind
from hourglass.kernel import Malformed

_FIELDS = {"kind", "key", "name", "description", "state", "locales"}


class Topic(Struct, frozen=True, kw_only=True):
    """Its key stands in consents and journeys; its name, by locale, on the pages people see."""

    key: str
    name: str
    names: dict[str, str]


def read_topic(document: Mapping[str, Any]) -> Topic:
    """A document to a topic, or Malformed with the path."""
    strange = sorted(document.keys() - _FIELDS)
    if strange:
        raise Malformed(f"A topic has no field “{strange[0]}”; known: {', '.join(sorted(_FIELDS))}.", path=strange[0])
    locales: Mapping[str, Any] = document.get("locales") or {}
    names: dict[str, str] = {}
    for locale, texts in locales.items():
        name = cast("Mapping[str, Any]", texts).get("name") if isinstance(texts, Mapping) else None
        if not isinstance(name, str):
            raise Malformed("Here stands {name: ...} in that language.", path=f"locales.{locale}")
        names[locale] = name
    return Topic(key=str(document["key"]), name=str(document.get("name") or document["key"]), names=names)


TOPIC = Kind(name="topic", read=read_topic)
