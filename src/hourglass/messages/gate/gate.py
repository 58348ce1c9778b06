"""The policy gate: every message of every channel passes these questions, in this order, right before it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from msgspec import Struct

from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.candidates.policy import rules_for, zone_of

# What nearly all addresses look like; the library is asked about the others only, because it takes its time.
_PLAIN = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+){0,8}@(?:[a-z0-9]+(?:-[a-z0-9]+){0,4}\.){1,4}[a-z]{2,24}", re.IGNORECASE
)
_NOWHERE = (".arpa", ".invalid", ".local", ".localhost", ".onion")
_STALE = timedelta(days=3)
_ROLES = frozenset(
    {"abuse", "admin", "administrator", "hostmaster", "mailer-daemon", "no-reply", "noreply", "postmaster", "root",
     "security", "webmaster"}
)  # fmt: skip


class Withheld(Struct, frozen=True, kw_only=True):
    """It will not be sent."""

    reason: str
    detail: str | None = None


class Deferred(Struct, frozen=True, kw_only=True):
    """It will be asked about again at that moment."""

    reason: str
    until: datetime


Answer = Withheld | Deferred | None
Step = Callable[[Candidate, datetime], Answer]


def still_wanted(one: Candidate, now: datetime) -> Answer:
    """Nobody wants the reminder that was stuck for days."""
    return Withheld(reason="expired") if now - one.claim.created_at > _STALE else None


def address(one: Candidate, _now: datetime) -> Answer:
    """There is a person with an address that can be right, and it is a person's own."""
    if one.person is None:
        return Withheld(reason="no_person")
    if not one.address:
        return Withheld(reason="address_missing")
    if one.address_kind == "email":
        if mailbox(one.address) is None:
            return Withheld(reason="address_invalid", detail=one.address)
        if one.claim.marketing and one.address.partition("@")[0].lower() in _ROLES:
            return Withheld(reason="address_role", detail=one.address)
    return None


def consent(one: Candidate, _now: datetime) -> Answer:
    """Marketing needs a yes that still stands, for this channel and topic."""
    if not one.claim.marketing or one.consent:
        return None
    return Withheld(reason="no_consent" if one.consent is None else "consent_withdrawn", detail=one.claim.topic)


def suppression(one: Candidate, _now: datetime) -> Answer:
    """Nothing at all goes to an address that bounced or complained."""
    return None if one.suppressed is None else Withheld(reason="suppressed", detail=one.suppressed)


def frequency_cap(one: Candidate, now: datetime) -> Answer:
    """Marketing leaves people alone once they have had enough in a rolling window."""
    cap = rules_for(one.policy, one.claim.channel).cap
    if cap is None or not one.claim.marketing:
        return None
    had = sum(at > now - cap.window for at in one.recent)
    return Withheld(reason="frequency_cap", detail=f"{had} / {cap.within}") if had >= cap.messages else None


def quiet_hours(one: Candidate, now: datetime) -> Answer:
    """Marketing waits until it is day where the person is."""
    quiet = rules_for(one.policy, one.claim.channel).quiet
    if quiet is None or not one.claim.marketing or one.person is None:
        return None
    until = quiet.ends(now, zone_of(one.person.traits, one.zone))
    return None if until is None else Deferred(reason="quiet_hours", until=until)


# The control group and the slot of the strongest journey stand between suppression and the cap.
STEPS: tuple[Step, ...] = (still_wanted, address, consent, suppression, frequency_cap, quiet_hours)


def ask(one: Candidate, now: datetime) -> Answer:
    """The first objection, or None: it may go."""
    return next((answer for step in STEPS if (answer := step(one, now)) is not None), None)


def mailbox(address: str) -> str | None:
    """The address as it goes to the server (an international domain as ASCII); None when it cannot be right."""
    if len(address) < 60 and _PLAIN.fullmatch(address) and not address.endswith(_NOWHERE):
        return address
    return _odd_mailbox(address)


@lru_cache(maxsize=1 << 12)
def _odd_mailbox(address: str) -> str | None:
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.ascii_email or found.normalized
