"""A topic: what people agree to hear about, and withdraw from without losing the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from hourglass.definitions import Document, Kind
from hourglass.kernel import Malformed

_FIELDS = {"kind", "key", "name", "description", "state", "locales", "channels", "confirm", "hidden"}
_TEXTS = {"name", "description"}


class Topic(Struct, frozen=True, kw_only=True):
    """Its key stands in consents and journeys; its name and description, by locale, on the pages people see."""

    key: str
    name: str
    names: dict[str, str]
    description: str = ""
    descriptions: dict[str, str] = {}
    channels: tuple[str, ...] = ("email",)
    """On which channels people may choose it."""
    confirm: bool | tuple[str, ...] = False
    """Whether a yes has to be confirmed from the address itself: on every channel, or on these."""
    hidden: bool = False
    """Not offered on the page of preferences (those who have it may still withdraw)."""

    def called(self, locale: str) -> str:
        """Its name in a language, else its own."""
        return self.names.get(locale.partition("-")[0], self.name)

    def described(self, locale: str) -> str:
        """What it is about, in a language, else in its own."""
        return self.descriptions.get(locale.partition("-")[0], self.description)


def read_topic(document: Mapping[str, Any]) -> Topic:
    """A document to a topic, or Malformed with the path."""
    strange = sorted(document.keys() - _FIELDS)
    if strange:
        raise Malformed(f"A topic has no field “{strange[0]}”; known: {', '.join(sorted(_FIELDS))}.", path=strange[0])
    texts = {locale: _texts(locale, value) for locale, value in _locales(document.get("locales")).items()}
    return Topic(
        key=str(document["key"]),
        name=str(document.get("name") or document["key"]),
        names={locale: text["name"] for locale, text in texts.items() if "name" in text},
        description=str(document.get("description") or ""),
        descriptions={locale: text["description"] for locale, text in texts.items() if "description" in text},
        channels=_channels(document.get("channels", ["email"]), "channels"),
        confirm=_confirm(document.get("confirm", False)),
        hidden=_yes_or_no(document.get("hidden", False), "hidden"),
    )


def topic_schema() -> Document:
    """The form of the document."""
    channels = {"type": "array", "items": {"type": "string", "minLength": 1}}
    texts = {"name": {"type": "string"}, "description": {"type": "string"}}
    fields: dict[str, Any] = {
        "kind": {"const": "topic"}, "key": {"type": "string", "minLength": 1}, "state": {"type": "string"}, **texts,
        "channels": channels, "confirm": {"anyOf": [{"type": "boolean"}, channels]}, "hidden": {"type": "boolean"},
        "locales": {"type": "object", "additionalProperties": {"type": "object", "properties": texts,
                                                               "additionalProperties": False}},
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A topic", "type": "object",
        "properties": fields, "required": ["kind", "key"], "additionalProperties": False,
    }  # fmt: skip


TOPIC = Kind(name="topic", read=read_topic, schemas={"topic": topic_schema})


def _locales(value: object) -> Mapping[str, object]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise Malformed("Here stand the languages: {ru: {name: Новости}}.", path="locales")
    return cast("Mapping[str, object]", value)


def _texts(locale: str, value: object) -> dict[str, str]:
    texts = cast("Mapping[str, object]", value if isinstance(value, Mapping) else {})
    if not texts or texts.keys() - _TEXTS or not all(isinstance(text, str) for text in texts.values()):
        raise Malformed("Here stands {name: ..., description: ...} in that language.", path=f"locales.{locale}")
    return {name: str(text) for name, text in texts.items()}


def _channels(value: object, path: str) -> tuple[str, ...]:
    names = cast("Sequence[object]", value if isinstance(value, list) else ())
    if not names or not all(isinstance(name, str) and name for name in names):
        raise Malformed("Here stands a list of channels: [email, sms].", path=path)
    return tuple(str(name) for name in names)


def _confirm(value: object) -> bool | tuple[str, ...]:
    return value if isinstance(value, bool) else _channels(value, "confirm")


def _yes_or_no(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise Malformed("Here stands true or false.", path=path)
    return value
