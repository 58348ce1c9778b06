"""What a batch of events says about who is who: identifiers, whose each event is, and which are named together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field

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

Claim = tuple[Identifier, Identifier, str]
"""Two identifiers named together, the first one known, and the kind of link that makes."""


class Evidence(Struct, kw_only=True):
    """A batch, read for identity only. Of repeated things the earliest moment is kept."""

    subjects: list[Identifier] = field(default_factory=list[Identifier])
    """Per event: the strongest identifier it names. It is stored under this one for ever."""
    seen: dict[Identifier, datetime] = field(default_factory=dict[Identifier, datetime])
    claims: dict[Claim, datetime] = field(default_factory=dict[Claim, datetime])
    renamed: dict[tuple[Identifier, Identifier], datetime] = field(
        default_factory=dict[tuple[Identifier, Identifier], datetime]
    )
    """An alias' previous id read as a user id, and who it is said to be: two known people, if there is such a user."""

    def saw(self, name: Identifier, at: datetime) -> None:
        """An event names this identifier."""
        known = self.seen.get(name)
        if known is None or at < known:
            self.seen[name] = at

    def claim(self, strong: Identifier, other: Identifier, kind: str, at: datetime) -> None:
        """An event names both."""
        key = (strong, other, kind)
        known = self.claims.get(key)
        if known is None or at < known:
            self.claims[key] = at


def gather(events: Sequence[Event], region: str | None) -> Evidence:
    """Read a batch. `region` is the country of phone numbers that name none."""
    evidence = Evidence()
    for event in events:
        user = _user(event.user_id)
        anonymous = _anonymous(event)
        traits = said(event)
        if event.kind == "alias":
            _alias(event, user, evidence)
        elif not traits and (user is None or anonymous is None):
            # Nearly every event: one name, nothing to link.
            subject = user or anonymous or _nobody(event)
            evidence.subjects.append(subject)
            evidence.saw(subject, event.at)
            continue
        named = [user, *_addresses(traits, region), anonymous] if traits else [user, anonymous]
        _together([name for name in named if name] or [_nobody(event)], event.at, evidence)
    return evidence


def said(event: Event) -> dict[str, Any]:
    """What the event says about its person: an identify's traits, or those repeated in the context of another call."""
    if event.kind == "identify":
        return event.traits
    traits = event.context.get("traits")
    return traits if isinstance(traits, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def _together(named: Sequence[Identifier], at: datetime, evidence: Evidence) -> None:
    """The strongest name takes the event; each of the others is said to be the same person."""
    strong = named[0]
    evidence.subjects.append(strong)
    for name in named:
        evidence.saw(name, at)
    if strong.known:
        for other in named[1:]:
            if other.known or not is_junk(other.value):
                evidence.claim(strong, other, STATED if other.known else DEVICE, at)


def _alias(event: Event, user: Identifier | None, evidence: Evidence) -> None:
    """`previousId` is the id of a visitor. If it is a user's too, two known people would become one: for review."""
    previous = clean(event.previous_id)
    if user is None or previous is None or is_junk(previous) or previous == user.value:
        return
    before = Identifier(ANONYMOUS, previous)
    evidence.saw(before, event.at)
    evidence.claim(user, before, STATED, event.at)
    key = (Identifier(USER, previous), user)
    evidence.renamed[key] = min(event.at, evidence.renamed.get(key, event.at))


def _user(value: str | None) -> Identifier | None:
    value = clean(value)
    return None if value is None or is_junk(value) else Identifier(USER, value)


def _anonymous(event: Event) -> Identifier | None:
    """The device; where there is none and the user id is a placeholder, that holds the event."""
    value = clean(event.anonymous_id) or (
        clean(event.user_id) if event.user_id and is_junk(event.user_id.strip()) else None
    )
    return None if value is None else Identifier(ANONYMOUS, value)


def _addresses(traits: dict[str, Any], region: str | None) -> Iterable[Identifier]:
    email = email_address(traits["email"]) if isinstance(traits.get("email"), str) else None
    if email:
        yield Identifier(EMAIL, email)
    phone = traits.get("phone")
    number = phone_number(phone, region) if isinstance(phone, str | int) else None
    if number:
        yield Identifier(PHONE, number)


def _nobody(event: Event) -> Identifier:
    """Only blanks where a name should be: the event is a visitor of its own."""
    return Identifier(ANONYMOUS, f"event:{event.id}")
