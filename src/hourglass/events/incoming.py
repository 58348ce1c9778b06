"""An event as clients send it: the fields of the Segment HTTP API, checked while they are parsed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Kind = Literal["identify", "track", "page", "screen", "group", "alias"]
KINDS: frozenset[str] = frozenset(("identify", "track", "page", "screen", "group", "alias"))

Identifier = Annotated[str, Meta(max_length=255)] | int | None
"""Who or what; numbers are taken as their digits."""


class Call(Struct, kw_only=True, gc=False, rename="camel"):
    """One call of an SDK. Fields we do not know pass unread; a known one of the wrong type is refused with its path."""

    type: Kind | None = None
    event: Annotated[str, Meta(max_length=200)] | None = None
    name: str | None = None
    category: str | None = None
    user_id: Identifier = None
    anonymous_id: Identifier = None
    previous_id: Identifier = None
    group_id: Identifier = None
    message_id: Annotated[str, Meta(max_length=100)] | None = None
    timestamp: str | None = None
    sent_at: str | None = None


class Incoming(Call, kw_only=True, gc=False, rename="camel"):
    """A call, whole."""

    traits: dict[str, Any] | None = None
    properties: dict[str, Any] | None = None
    context: dict[str, Any] | None = None


class Some(Struct, gc=False):
    """An object that is seen to be one and not looked into: half the work of the door."""


class Glance(Call, kw_only=True, gc=False, rename="camel"):
    """A call as the door sees it."""

    traits: Some | None = None
    properties: Some | None = None
    context: Some | None = None
    write_key: str | None = None


def identifier(value: str | int | None) -> str | None:
    """The text of an identifier; an empty one is none."""
    return None if value is None or value == "" else str(value)
