"""What a batch of events says about who is who: identifiers, whose each event is, and which are named together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from hourglass.events import Event
from hourglass.profiles.identifiers import (
    ANONYMOUS,
    EMAIL,
    PHONE,
    USER,
    Identifier,
    clean,
    email_address,
    is_junk,
    phone_number,
)
from hourglass.profiles.links import DEVICE, STATED

Claim = tuple[int, int, str]
"""Two identifiers named together, by number, the first one known; and the kind of link that makes."""


class Evidence:
    """A batch, read for identity only. Identifiers are numbered in the order in which they turn up."""

    def __init__(self) -> None:
        self.names: list[Identifier] = []
        self.subjects: list[int] = []
        """Per event: the strongest identifier it names. It is stored under this one for ever."""
        self.claims: dict[Claim, datetime] = {}
        """With the earliest moment."""
        self.renamed: dict[tuple[Identifier, int], datetime] = {}
        """An alias' previous id read as a user id, and who it is said to be: two people, if there is such a user."""
        self._numbers: dict[Identifier, int] = {}
        self.users: dict[str, int | None] = {}
        """Raw user id → its number; None: a placeholder."""
        self.devices: dict[str, int | None] = {}
        """Raw anonymous id → its number; None: blank."""
        self.loose: set[int] = set()
        """Devices whose id is a placeholder: they may hold events and are tied to nobody."""

    def number(self, name: Identifier) -> int:
        """The number of an identifier, a new one at need."""
        names = self.names
        number = self._numbers.setdefault(name, len(names))
        if number == len(names):
            names.append(name)
        return number

    def used(self) -> set[int]:
        """The identifiers that hold an event or are tied to another; some placeholders do neither."""
        return {end for claim in self.claims for end in claim[:2]}.union(self.subjects)

    def claim(self, strong: int, other: int, kind: str, at: datetime) -> None:
        """An event names both."""
        key = (strong, other, kind)
        if at < self.claims.setdefault(key, at):
            self.claims[key] = at

    def user(self, raw: str) -> int | None:
        """Number a user id that turns up for the first time."""
        value = clean(raw)
        number = None if value is None or is_junk(value) else self.number(Identifier(USER, value))
        self.users[raw] = number
        return number

    def device(self, raw: str) -> int | None:
        """The same for an anonymous id."""
        value = clean(raw)
        number = None if value is None else self.number(Identifier(ANONYMOUS, value))
        if value is not None and number is not None and is_junk(value):
            self.loose.add(number)
        self.devices[raw] = number
        return number


def gather(events: Sequence[Event], region: Callable[[], str | None]) -> Evidence:
    """Read a batch. `region` tells the country of phone numbers that name none."""
    evidence = Evidence()
    users, devices, loose = evidence.users, evidence.devices, evidence.loose
    subject, claim = evidence.subjects.append, evidence.claim
    for event in events:
        raw_user, raw_device = event.user_id, event.anonymous_id
        user = device = None
        if raw_user is not None:
            user = users[raw_user] if raw_user in users else evidence.user(raw_user)
        if raw_device is not None:
            device = devices[raw_device] if raw_device in devices else evidence.device(raw_device)
        traits = said(event)
        if traits or event.kind == "alias":
            _read_all(event, user, device, traits, region, evidence)
        elif user is None:
            subject(_holder(event, evidence) if device is None else device)
        else:
            subject(user)
            if device is not None and device not in loose:
                claim(user, device, DEVICE, event.at)
    return evidence


def said(event: Event) -> dict[str, Any]:
    """What the event says about its person: an identify's traits, or those repeated in the context of another call."""
    if event.kind == "identify":
        return event.traits
    traits = event.context.get("traits")
    return traits if isinstance(traits, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def first_seen(events: Sequence[Event], evidence: Evidence, wanted: Iterable[int]) -> dict[int, datetime]:
    """When the batch first speaks of these identifiers: by its own events, or else at the claims that name them."""
    missing = set(wanted)
    seen: dict[int, datetime] = {}
    moments = zip(evidence.subjects, (event.at for event in events), strict=True)
    for number, at in (*moments, *_claimed(evidence)):
        if number in missing:
            seen[number] = min(at, seen.get(number, at))
    return seen


def _claimed(evidence: Evidence) -> Iterator[tuple[int, datetime]]:
    for (one, other, _), at in evidence.claims.items():
        yield one, at
        yield other, at


def _read_all(
    event: Event,
    user: int | None,
    device: int | None,
    traits: dict[str, Any],
    region: Callable[[], str | None],
    evidence: Evidence,
) -> None:
    """The strongest name takes the event; each of the others is said to be the same person."""
    if event.kind == "alias" and user is not None:
        _alias(event, user, evidence)
    found = (user, *(evidence.number(name) for name in _addresses(traits, region)), device)
    named = [number for number in found if number is not None] or [_holder(event, evidence)]
    strong, names = named[0], evidence.names
    evidence.subjects.append(strong)
    if names[strong].known:
        for other in named[1:]:
            if other not in evidence.loose:
                evidence.claim(strong, other, STATED if names[other].known else DEVICE, event.at)


def _alias(event: Event, user: int, evidence: Evidence) -> None:
    """`previousId` is the id of a visitor. If it is a user's too, two known people would become one: for review."""
    previous = clean(event.previous_id)
    if previous is None or is_junk(previous) or previous == evidence.names[user].value:
        return
    evidence.claim(user, evidence.number(Identifier(ANONYMOUS, previous)), STATED, event.at)
    key = (Identifier(USER, previous), user)
    evidence.renamed[key] = min(event.at, evidence.renamed.get(key, event.at))


def _addresses(traits: dict[str, Any], region: Callable[[], str | None]) -> Iterator[Identifier]:
    email = traits.get("email")
    address = email_address(email) if isinstance(email, str) else None
    if address:
        yield Identifier(EMAIL, address)
    phone = traits.get("phone")
    number = phone_number(phone, region()) if isinstance(phone, str | int) else None
    if number:
        yield Identifier(PHONE, number)


def _holder(event: Event, evidence: Evidence) -> int:
    """Blanks or a placeholder where a name should be: that holds the event, and ties nobody to anybody."""
    value = clean(event.user_id) or f"event:{UUID(event.id)}"
    return evidence.number(Identifier(ANONYMOUS, value))
