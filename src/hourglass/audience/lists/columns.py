"""Which column of a file holds which identifier: by its name in English or Russian, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hourglass.kernel import Malformed

PROFILE = "profile_id"
"""The number of a person here, as an export has it."""
TRAITS = "traits."
_NAMES = {
    "user_id": "userid customerid clientid externalid userkey идклиента кодклиента идентификатор идпользователя",
    "email": "email emailaddress mail почта электроннаяпочта элпочта имейл адресэлектроннойпочты",
    "phone": "phone phonenumber mobile mobilephone tel telephone телефон номертелефона мобильный мобильныйтелефон",
    "anonymous_id": "anonymousid",
    PROFILE: "profileid",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"\+?\d[\d\s().-]{8,18}\d")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")


def kind_of_name(name: str) -> str | None:
    """What a column of this name holds: a kind of identifier, `traits.<name>`, or None when the name says nothing."""
    if name.strip().startswith(TRAITS):
        return name.strip()
    return _KINDS.get("".join(letter for letter in name.casefold() if letter.isalnum()))


def kind_of_text(text: str) -> str | None:
    """What an identifier is that stands alone: an e-mail address or a phone number by its looks, else None."""
    text = text.strip()
    if _EMAIL.fullmatch(text):
        return "email"
    return "phone" if _PHONE.fullmatch(text) else None


def choose(header: Sequence[str] | None, sample: Sequence[Sequence[str]], told: Mapping[str, str]) -> dict[int, str]:
    """Place of a column → what it holds. `told`: what the user said, by name or by number from 1. Raises Malformed."""
    width = len(header) if header else max(map(len, sample), default=0)
    names = list(header) if header else [str(place) for place in range(1, width + 1)]
    if told:
        return {_place(name, names): _checked(kind, name) for name, kind in told.items()} | _traits(names)
    if header:
        found = {place: kind for place, name in enumerate(names) if (kind := kind_of_name(name))}
    else:
        found = {place: kind for place in range(width) if (kind := _by_looks(sample, place))}
    if not any(not kind.startswith(TRAITS) for kind in found.values()):
        listed = ", ".join(f"“{name}”" for name in names[:12])
        raise Malformed(
            f"None of the columns {listed} is known as an identifier; say which is one, like email={names[0]}.",
            path="columns",
        )
    return found


def _by_looks(sample: Sequence[Sequence[str]], place: int) -> str | None:
    cells = [row[place] for row in sample if len(row) > place and row[place].strip()]
    kinds: set[str | None] = set(map(kind_of_text, cells))
    return kinds.pop() if len(kinds) == 1 else None


def _traits(names: Sequence[str]) -> dict[int, str]:
    return {place: name.strip() for place, name in enumerate(names) if name.strip().startswith(TRAITS)}


def _place(name: str, names: Sequence[str]) -> int:
    folded = [one.strip().casefold() for one in names]
    if name.strip().casefold() in folded:
        return folded.index(name.strip().casefold())
    if name.isdecimal() and 1 <= int(name) <= len(names):
        return int(name) - 1
    raise Malformed(f"The file has no column “{name}”; it has {', '.join(names[:12])}.", path="columns")


def _checked(kind: str, name: str) -> str:
    if not (_KIND.fullmatch(kind) or kind.startswith(TRAITS)):
        raise Malformed(
            f"“{kind}” is no kind of identifier; write user_id, email, phone, anonymous_id or profile_id.",
            path=f"columns.{name}",
        )
    return kind
