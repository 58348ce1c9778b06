"""The policy gate: every message of every channel passes these questions, in this order, right before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hourglass.messages.candidates.answer import FINE, Answer, Deferred, Hearing, Passed, Withheld
from hourglass.messages.gate.address import dialable, domain_of, looks_alike, mailbox, of_a_role, thrown_away
from hourglass.messages.gate.case import Case
from hourglass.messages.gate.slot import priority_slot
from hourglass.messages.policy.budget import Budget
from hourglass.messages.policy.cap import NEVER, Cap, span
from hourglass.messages.policy.countries import holidays_of

Question = Callable[[Case, datetime], Answer]
_SOON = timedelta(seconds=30)
_MAIL = "email"


def still_wanted(one: Case, now: datetime) -> Answer:
    """Nobody wants the reminder that was stuck for days."""
    if now - one.claim.created_at > span(one.policy.expires):
        return Withheld(reason="expired", detail=one.policy.expires)
    return FINE


def still_for_sale(one: Case, _now: datetime) -> Answer:
    """Nobody wants to hear of what is sold out, or of a price that is none any more."""
    return FINE if one.unsold is None else one.unsold


def address(one: Case, _now: datetime) -> Answer:
    """There is a person with an address that can be right, and it is a person's own."""
    if one.person is None:
        return Withheld(reason="no_person")
    if not one.address:
        return Withheld(reason="address_missing", detail=one.address_kind)
    wrong = _wrong_mailbox(one, one.address) if one.address_kind == _MAIL else _wrong_number(one.address)
    return FINE if wrong is None else Withheld(reason=wrong, detail=one.address[:320])


def consent(one: Case, now: datetime) -> Answer:
    """Marketing needs a yes that still stands, for this channel and topic, and no pause."""
    if not one.marketing:
        return FINE
    about = f"{one.claim.channel} · {one.claim.topic}"
    if one.said is None or not one.said.granted:
        reason = "consent_unconfirmed" if one.unconfirmed else "no_consent" if one.said is None else "consent_withdrawn"
        return Withheld(reason=reason, detail=about)
    if one.paused_until is not None and one.paused_until > now:
        return Withheld(reason="paused", detail=f"{one.paused_until:%Y-%m-%d}")
    return Passed(f"{about} · {one.said.at:%Y-%m-%d} · {one.said.source}")


def suppression(one: Case, _now: datetime) -> Answer:
    """Nothing at all goes to an address that bounced or complained."""
    return FINE if one.suppressed is None else Withheld(reason="suppressed", detail=one.suppressed)


def control_group(one: Case, _now: datetime) -> Answer:
    """Who is in the control group gets no marketing at all."""
    control = one.policy.control
    if control is None or not one.marketing or one.person is None or not control.holds(one.person):
        return FINE
    return Withheld(reason="control_group", detail=f"{control.name} · {control.percent:g} %")


def frequency_cap(one: Case, now: datetime) -> Answer:
    """Marketing leaves people alone once they have had enough in a rolling window."""
    if not one.marketing:
        return FINE
    notes: list[str] = []
    caps = [(cap, "frequency_cap") for cap in one.policy.caps if cap.concerns(one.claim.channel, one.claim.topic)]
    for cap, reason in [*caps, *([(one.policy.fewer, "asked_for_fewer")] if one.fewer else [])]:
        counted = cap.counted(one.had, one.claim.channel, now)
        free = cap.free_at(counted)
        note = f"{len(counted)} / {cap.words()}"
        if free is None:
            notes.append(note)
        elif cap.free_at([had for had in counted if had.sure]) is None:
            # What fills the window is just being sent by somebody else: in a moment it is known whether it was.
            return Deferred(reason="frequency_wait", until=now + _SOON, detail=note)
        else:
            return _too_many(one, cap, reason, free, note)
    return Passed(", ".join(notes))


def quiet_hours(one: Case, now: datetime) -> Answer:
    """Marketing waits until it is day where the person is."""
    quiet = one.policy.quiet_for(one.claim.channel, one.country) if one.marketing else None
    if quiet is None:
        return FINE
    local = now.astimezone(one.zone)
    until = quiet.ends(now, one.zone, holidays_of(one.country, local.year) if quiet.holidays else ())
    note = f"{local:%H:%M} {one.zone.key} · {quiet.words()}"
    if until is None:
        return Passed(note)
    if quiet.otherwise == "drop":
        return Withheld(reason="quiet_hours_dropped", detail=note)
    return Deferred(reason="quiet_hours", until=until, detail=note)


def budget(one: Case, _now: datetime) -> Answer:
    """A budget that is spent pays for no more marketing in its period; one of a provider sends it to the next."""
    objections: list[Withheld | Deferred] = []
    for provider in one.providers or (None,):
        spent, answer = _paid(one, provider)
        if isinstance(answer, Passed):
            one.provider = provider
            return answer
        objections.append(answer)
        if spent is None or spent.manner != "next":
            break
    return min(objections, key=lambda objection: isinstance(objection, Withheld))


QUESTIONS: tuple[Question, ...] = (
    still_wanted,
    still_for_sale,
    address,
    consent,
    suppression,
    control_group,
    priority_slot,
    frequency_cap,
    quiet_hours,
    budget,
)


def hear(one: Case, now: datetime) -> Hearing:
    """Ask the questions until one objects."""
    passed: dict[str, str] = {}
    for question in QUESTIONS:
        match question(one, now):
            case Passed(note):
                if note:
                    passed[question.__name__] = note
            case Withheld(reason=reason, detail=detail):
                return Hearing(at=now, passed=passed, question=question.__name__, reason=reason, detail=detail)
            case Deferred(reason=reason, until=until, detail=detail):
                return Hearing(
                    at=now, passed=passed, question=question.__name__, reason=reason, until=until, detail=detail
                )
    return Hearing(at=now, passed=passed)


def _paid(one: Case, provider: str | None) -> tuple[Budget | None, Answer]:
    """The answer if this provider carried it, and the budget that objects."""
    notes: list[str] = []
    for rule in one.drawn_by(provider):
        room = one.rooms[rule.key]
        if rule.key in one.paid:
            continue
        if room.left >= one.costs.get(rule.key, 1) or not one.marketing:
            notes.append(f"{rule.key}: {rule.shown(room.left)} / {rule.shown(rule.limit)}")
            continue
        note = f"{rule.key}: {rule.shown(rule.limit)} / {rule.per}"
        if rule.manner != "skip" and room.next < NEVER:
            return rule, Deferred(reason="budget_wait", until=room.next, detail=note)
        return rule, Withheld(reason="budget_spent", detail=note)
    return None, Passed(", ".join(notes))


def _wrong_mailbox(one: Case, address: str) -> str | None:
    if mailbox(address) is None:
        return "address_invalid"
    if looks_alike(address):
        return "address_lookalike"
    if not one.marketing:
        return None
    allow, domain = one.policy.allow, domain_of(address)
    if not allow.roles and of_a_role(address):
        return "address_role"
    if not allow.disposable and thrown_away(domain):
        return "address_disposable"
    return "address_without_mail" if one.takes_mail is False and not allow.without_mail else None


def _wrong_number(number: str) -> str | None:
    return None if dialable(number) else "address_invalid"


def _too_many(one: Case, cap: Cap, reason: str, free: datetime, note: str) -> Answer:
    if cap.otherwise == "wait" and free - one.claim.created_at <= span(cap.at_most):
        return Deferred(reason="frequency_wait", until=free, detail=note)
    return Withheld(reason=reason, detail=note)
