"""How the story becomes Segment calls: bodies with an id made from what they tell, marked where they are made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.kernel import digest

Told = dict[str, Any]
"""The body of a Segment call, complete but for its timestamp."""


class Moment(Struct, frozen=True, gc=False):
    """Something that happens, and how to tell it; told only when it is sent, so a year fits into little memory."""

    at: datetime
    tell: Callable[[], Told]
    real: bool = False
    """It is in the data; everything else is made up."""


class Who(Struct, frozen=True):
    """The identifiers a call carries."""

    user_id: str | None = None
    anonymous_id: str | None = None

    def named(self) -> dict[str, str]:
        """Only those that are there, as Segment spells them."""
        user = {} if self.user_id is None else {"userId": self.user_id}
        return user if self.anonymous_id is None else {**user, "anonymousId": self.anonymous_id}


# `context.generated` marks an event that the demo made up; `generated_fields` the made-up parts of a real one.
MADE_UP: dict[str, Any] = {"generated": True}


def track(who: Who, name: str, key: str, properties: dict[str, Any], context: dict[str, Any] | None = None) -> Told:
    """A track call; `key` tells this event from others of its name."""
    return {
        "type": "track",
        "event": name,
        "messageId": _message_id(name, key),
        **who.named(),
        "properties": properties,
        "context": MADE_UP if context is None else context,
    }


def identify(who: Who, key: str, traits: dict[str, Any], context: dict[str, Any] | None = None) -> Told:
    """An identify call."""
    return {
        "type": "identify",
        "messageId": _message_id("identify", key),
        **who.named(),
        "traits": traits,
        "context": MADE_UP if context is None else context,
    }


def page(who: Who, key: str, name: str, properties: dict[str, Any]) -> Told:
    """A page call; pages are always made up."""
    return {
        "type": "page",
        "name": name,
        "messageId": _message_id("page", key),
        **who.named(),
        "properties": properties,
        "context": MADE_UP,
    }


def _message_id(name: str, key: str) -> str:
    return str(digest("online-retail", name, key))
