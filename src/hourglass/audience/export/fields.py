"""Which facts about each member go out, and in what type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

from hourglass.kernel import Malformed
from hourglass.profiles import display_name

FieldType = Literal["integer", "boolean", "moment", "text"]
DEFAULT = "profile_id,user_id,email,phone"
_TRAIT = "traits."
_ADDRESSES = ("email", "phone")
_NAME_TRAITS = ("name", "firstName", "first_name", "lastName", "last_name")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST = 100
_encode = msgspec.json.Encoder().encode


class Member(Struct, gc=False):
    """A member as the database tells it. `identifiers`: [kind, value], the strongest kind first, then the oldest."""

    profile_id: int
    entered_at: datetime
    known: bool
    email: str | None
    phone: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    traits: dict[str, Any] | None
    identifiers: list[tuple[str, str]] | None


class Field(Struct, frozen=True, kw_only=True):
    """One column of an export. `read` gives a plain value: number, truth, moment, text, or JSON where the trait is."""

    name: str
    type: FieldType
    read: Callable[[Member], Any]


class Fields(Struct, frozen=True, kw_only=True):
    """The columns asked for, and what has to be read for them."""

    columns: tuple[Field, ...]
    traits: list[str]
    all_traits: bool
    identifiers: bool

    def row(self, member: Member) -> list[Any]:
        """The values of one member."""
        return [field.read(member) for field in self.columns]

    def document(self, member: Member) -> dict[str, Any]:
        """The same by name, with dots as levels: `traits.city` becomes {"traits": {"city": ..}}."""
        made: dict[str, Any] = {}
        for field in self.columns:
            value = field.read(member)
            if field.name.startswith(_TRAIT):
                made.setdefault("traits", {})[field.name.removeprefix(_TRAIT)] = value
            else:
                made[field.name] = value
        return made


def read_fields(text: str) -> Fields:
    """`profile_id,email,traits.city` to columns. Raises Malformed with the place."""
    names = list(dict.fromkeys(name.strip() for name in (text or DEFAULT).split(",") if name.strip()))
    if len(names) > _MOST:
        raise Malformed(f"Ask for {_MOST} fields at most.", path="fields")
    names = ["profile_id" if name == "id" else name for name in names]
    columns = tuple(_field(name) for name in dict.fromkeys(names))
    traits = [name.removeprefix(_TRAIT) for name in names if name.startswith(_TRAIT)]
    return Fields(
        columns=columns,
        traits=[*traits, *(_NAME_TRAITS if "name" in names else ())],
        all_traits="traits" in names,
        identifiers=any(name in _ADDRESSES or not (name in _PLAIN or name.startswith(_TRAIT)) for name in names),
    )


def _field(name: str) -> Field:
    if name.startswith(_TRAIT) and len(name) > len(_TRAIT):
        return Field(name=name, type="text", read=_trait(name.removeprefix(_TRAIT)))
    if name in _PLAIN:
        kind, read = _PLAIN[name]
        return Field(name=name, type=kind, read=read)
    if name == "identifiers":
        return Field(name=name, type="text", read=_all_identifiers)
    if not _KIND.fullmatch(name):
        known = ", ".join([*_PLAIN, "identifiers"])
        raise Malformed(
            f"“{name}” is no field; known are {known}, traits.<name>, and every kind of identifier, like user_id.",
            path="fields",
        )
    return Field(name=name, type="text", read=_identifier(name))


def _trait(key: str) -> Callable[[Member], Any]:
    return lambda member: (member.traits or {}).get(key)


def _identifier(kind: str) -> Callable[[Member], Any]:
    return lambda member: next((value for one, value in member.identifiers or () if one == kind), None)


def _all_identifiers(member: Member) -> list[str]:
    return [f"{kind}:{value}" for kind, value in member.identifiers or ()]


def _email(member: Member) -> str | None:
    return member.email or _identifier("email")(member)


def _phone(member: Member) -> str | None:
    return member.phone or _identifier("phone")(member)


def _name(member: Member) -> str | None:
    return display_name(member.traits or {}, None, None)


_PLAIN: Mapping[str, tuple[FieldType, Callable[[Member], Any]]] = {
    "profile_id": ("integer", lambda member: member.profile_id),
    "email": ("text", _email),
    "phone": ("text", _phone),
    "name": ("text", _name),
    "known": ("boolean", lambda member: member.known),
    "entered_at": ("moment", lambda member: member.entered_at),
    "first_seen_at": ("moment", lambda member: member.first_seen_at),
    "last_seen_at": ("moment", lambda member: member.last_seen_at),
    "traits": ("text", lambda member: member.traits or {}),
}


def as_text(value: Any) -> str | None:
    """A value as one cell of a table: moments as ISO 8601 in UTC, lists and objects as JSON; None: nothing there."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"
    return _encode(value).decode()
