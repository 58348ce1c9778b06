"""Everything the gate asks about a batch of messages, with one query per question for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.gate.address import domain_of
from hourglass.messages.gate.case import Case, Said
from hourglass.messages.gate.domains import worth_asking
from hourglass.messages.gate.spending import paid_before, rooms
from hourglass.messages.outbox.claim import Lane
from hourglass.messages.policy.cap import Had, span
from hourglass.messages.policy.countries import country_of, zone_of
from hourglass.messages.policy.document import Policy
from hourglass.messages.policy.standing import standing
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC, current

_queries = Queries(Path(__file__).with_name("facts.sql"))
_PHONE = "phone"


def cases_of(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate], now: datetime) -> list[Case]:
    """The cases of one workspace, in the order of the candidates."""
    policy = standing(tx, workspace_id)
    cases = [_case(one, policy) for one in candidates]
    _journeys(tx, workspace_id, cases, policy)
    _suppressions(tx, workspace_id, cases)
    asking = [case for case in cases if case.marketing and case.person is not None]
    if asking:
        _queries.tuples(tx, "hold_people", workspace_id=workspace_id, ids=_people(asking))
        _consents(tx, workspace_id, asking, now)
        _wishes(tx, workspace_id, asking, now)
        _had(tx, workspace_id, asking, policy, now)
        _coming(tx, workspace_id, asking, policy)
        _domains(tx, asking)
    _budgets(tx, workspace_id, cases, policy, now)
    return cases


def _case(one: Candidate, policy: Policy) -> Case:
    person, case = one.person, Case(claim=one.claim, policy=policy, zone=one.zone, home=one.zone, had=[], coming={},
                                    rooms={}, unsold=one.unsold, address=one.address, address_kind=one.address_kind,
                                    providers=one.providers, provider=next(iter(one.providers), None))  # fmt: skip
    if person is not None:
        phone = person.phone if one.address_kind == _PHONE else None
        case.person = person.id
        case.traits = person.traits
        case.country = country_of(person.traits, phone) or policy.country
        case.zone = zone_of(person.traits, phone, one.zone)
    return case


def _journeys(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case], policy: Policy) -> None:
    """Which journey each message is of; asked only where a rule speaks of journeys."""
    paid = any(budget.journey is not None for budget in policy.budgets)
    competing = bool(policy.slots)
    ids = [case.claim.id for case in cases if paid or (competing and case.claim.lane is Lane.TRIGGERED)]
    if not ids:
        return
    keys = dict(_queries.tuples(tx, "journeys", workspace_id=workspace_id, ids=ids))
    for case in cases:
        case.journey = keys.get(case.claim.id)


def _suppressions(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case]) -> None:
    """Asked about every message, whatever its class."""
    addresses = sorted({(case.claim.channel, case.address.lower()) for case in cases if case.address})
    rows = _queries.tuples(
        tx,
        "suppressions",
        workspace_id=workspace_id,
        channels=[channel for channel, _ in addresses],
        addresses=[address for _, address in addresses],
    )
    reasons = {(channel, address): reason for channel, address, reason in rows}
    for case in cases:
        case.suppressed = reasons.get((case.claim.channel, (case.address or "").lower()))


def _consents(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case], now: datetime) -> None:
    """The last word on the topic or on all topics of the channel; at the same moment no outweighs yes."""
    words = {(one.profile_id, one.channel, one.topic): one for one in current(tx, workspace_id, _people(cases))}
    for case in cases:
        said = [words.get((case.person or 0, case.claim.channel, topic)) for topic in (case.claim.topic, EVERY_TOPIC)]
        last = max((word for word in said if word), key=lambda word: (word.at, not word.granted), default=None)
        case.said = None if last is None else Said(granted=last.granted, at=last.at, source=last.source)
    silent = [case for case in cases if case.said is None or not case.said.granted]
    if silent:
        place = {"workspace_id": workspace_id, "profile_ids": _people(silent), "now": now}
        asked = set(_queries.tuples(tx, "unconfirmed", **place))
        for case in silent:
            case.unconfirmed = (case.person, case.claim.channel, case.claim.topic) in asked


def _wishes(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case], now: datetime) -> None:
    rows = _queries.tuples(tx, "wishes", workspace_id=workspace_id, profile_ids=_people(cases))
    until = {(profile_id, wish): moment for profile_id, wish, moment in rows if moment is not None}
    for case in cases:
        case.paused_until = until.get((case.person or 0, "pause"))
        case.fewer = until.get((case.person or 0, "fewer"), now) > now


class _Row(Had, frozen=True, kw_only=True):
    person: int


def _had(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case], policy: Policy, now: datetime) -> None:
    """What reached people, as far back as the longest window of a rule that concerns somebody."""
    windows = _windows(cases, policy)
    if not windows:
        return
    had: dict[int, list[Had]] = defaultdict(list)
    for row in _queries.rows(
        tx,
        "had",
        _Row,
        workspace_id=workspace_id,
        profile_ids=_people(cases),
        ids=[case.claim.id for case in cases],
        everything=any(cap.counts == "everything" for cap in (*policy.caps, policy.fewer)),
        since=now - max(windows),
    ):
        had[row.person].append(row)
    for case in cases:
        case.had = had[case.person or 0]


def _windows(cases: Sequence[Case], policy: Policy) -> list[timedelta]:
    about = {(case.claim.channel, case.claim.topic) for case in cases}
    caps = [cap for cap in policy.caps if any(cap.concerns(channel, topic) for channel, topic in about)]
    if any(case.fewer for case in cases):
        caps.append(policy.fewer)
    slots = [slot for case in cases if (slot := policy.slot_of(case.journey)) is not None]
    return [span(rule.within) for rule in (*caps, *slots)]


def _coming(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case], policy: Policy) -> None:
    competing = [case for case in cases if policy.slot_of(case.journey) is not None]
    if not competing:
        return
    journeys = sorted({name for slot in policy.slots for name in slot.journeys})
    coming: dict[int, dict[str, datetime]] = defaultdict(dict)
    place = {"workspace_id": workspace_id, "profile_ids": _people(competing), "journeys": journeys}
    for person, journey, at in _queries.tuples(tx, "coming", **place):
        coming[person][journey] = at
    for case in competing:
        case.coming = coming[case.person or 0]


def _domains(tx: Transaction, cases: Sequence[Case]) -> None:
    """What the DNS said. Domains that nobody looked up yet are noted down for it; until then they may be right."""
    domains = {
        case.claim.id: domain_of(case.address) for case in cases if case.address and case.address_kind == "email"
    }
    wanted = sorted({domain for domain in domains.values() if worth_asking(domain)})
    if not wanted:
        return
    known = dict(_queries.tuples(tx, "domains", domains=wanted))
    unknown = [domain for domain in wanted if domain not in known]
    if unknown:
        _queries.execute(tx, "wonder", domains=unknown)
    for case in cases:
        case.takes_mail = known.get(domains.get(case.claim.id, ""))


def _budgets(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case], policy: Policy, now: datetime) -> None:
    drawn = {
        case.claim.id: [
            one for one in policy.budgets if one.concerns(case.claim.channel, case.claim.topic, case.journey)
        ]
        for case in (cases if policy.budgets else ())
    }
    used = {budget.key: budget for budgets in drawn.values() for budget in budgets}
    if not used:
        return
    left = rooms(tx, workspace_id, used.values(), cases[0].home, now)
    paid = paid_before(tx, workspace_id, cases)
    for case in cases:
        case.paid = frozenset(paid[case.claim.id])
        case.rooms = {budget.key: left[budget.key] for budget in drawn[case.claim.id]}
        event = case.claim.properties
        case.costs = {budget.key: budget.price(event, case.traits) for budget in drawn[case.claim.id]}


def _people(cases: Iterable[Case]) -> list[int]:
    return sorted({case.person for case in cases if case.person is not None})
