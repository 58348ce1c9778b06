"""Why did she get it, why did he not: everything from the entry of a journey or campaign to the message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from hourglass.definitions import Definition, find
from hourglass.kernel import Malformed, NotFound, Workspace
from hourglass.messages.candidates.answer import Hearing
from hourglass.messages.outbox.fall_back import Tried
from hourglass.messages.why.words import (
    QUESTIONS,
    Words,
    both,
    bounce_words,
    exit_words,
    question,
    reason_words,
    say,
    suppression_words,
)
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("why.sql"))
_MOST = 20
_MOMENTS = ("delivered", "opened", "clicked", "unsubscribed", "complained")
_LAST = ("complained", "unsubscribed", "clicked", "opened", "bounced", "delivered")
"""What a message came to, the weightiest first."""
SourceKind = Literal["journey", "campaign"]


class Link(Struct, frozen=True, kw_only=True):
    """One thing that happened or was answered. `rule`: what it was held against, where something was."""

    at: datetime | None
    code: str
    words: Words
    message_id: int | None = None
    run_id: int | None = None
    rule: str | None = None


class Why(Struct, frozen=True, kw_only=True):
    """The answer: `summary` is how it ended, `chain` everything before it, oldest first."""

    person: int
    name: str
    kind: SourceKind
    key: str
    summary: Words
    chain: list[Link]


class _Person(Struct, frozen=True):
    id: int
    name: str


class _Run(Struct, frozen=True, kw_only=True):
    id: int
    entered_at: datetime
    state: str
    step: str
    wake_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    event: str | None


class _Step(Struct, frozen=True, kw_only=True):
    run_id: int
    step: str
    at: datetime
    outcome: str
    detail: dict[str, Any]


class _Message(Struct, frozen=True, kw_only=True):
    id: int
    step: str
    channel: str
    template: str
    state: str
    reason: str | None
    detail: str | None
    address: str | None
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    clicked_at: datetime | None
    bounced_at: datetime | None
    soft_bounced_at: datetime | None
    """The last one that may pass; `bounced_at` is the first bounce of any kind, or a complaint."""
    complained_at: datetime | None
    unsubscribed_at: datetime | None
    bounce: str | None
    bounce_said: str | None
    answers: list[Hearing] | None
    tried: list[Tried] | None = None
    """Channels that could not bring it, oldest first."""


def why(tx: Transaction, workspace: Workspace, person: str, kind: SourceKind, key: str) -> Why:
    """`person` is a number, an address or any identifier. Raises NotFound for whoever or whatever does not exist."""
    who = _person(tx, workspace, person)
    source = find(tx, workspace.id, kind, key)
    profiles = [row[0] for row in _queries.tuples(tx, "family", workspace_id=workspace.id, id=who.id)]
    place = {"workspace_id": workspace.id, "definition_id": source.id, "profiles": profiles, "most": _MOST}
    runs = _queries.rows(tx, "runs", _Run, **place)
    messages = _queries.rows(tx, "messages", _Message, **place)
    ids = [run.id for run in runs]
    steps = _queries.rows(tx, "steps", _Step, workspace_id=workspace.id, runs=ids) if ids else []
    zone = workspace.tz()
    links = [*_of_runs(runs, steps, zone), *(link for message in messages for link in _of_message(message, zone))]
    if not messages:
        links.append(_nothing(tx, workspace, source, profiles, runs))
    links.sort(key=lambda link: (link.at is None, link.at))
    last = max(messages, key=lambda one: one.created_at, default=None)
    summary = links[-1].words if last is None else _outcome(last, zone)
    return Why(person=who.id, name=who.name, kind=kind, key=key, summary=summary, chain=links)


def _person(tx: Transaction, workspace: Workspace, named: str) -> _Person:
    if not named.strip():
        raise Malformed("Whose message? Give an address, another identifier or the number of a person.", path="person")
    number = int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None
    values = sorted({named.strip(), named.strip().lower()})
    found = _queries.one(tx, "person", _Person, workspace_id=workspace.id, values=values, number=number)
    if found is None:
        raise NotFound(f"Nobody is known as “{named}”.")
    return found


def _of_runs(runs: Sequence[_Run], steps: Sequence[_Step], zone: ZoneInfo) -> Iterator[Link]:
    for run in runs:
        yield Link(at=run.entered_at, code="entered", run_id=run.id, words=say("entered", event=run.event or "-"))
        if run.ended_at is not None and run.state == "exited":
            left = say("exited", reason=exit_words(run.end_reason))
            yield Link(at=run.ended_at, code="exited", run_id=run.id, words=left)
        if run.ended_at is not None and run.state == "finished":
            yield Link(at=run.ended_at, code="finished", run_id=run.id, words=say("finished"))
    for one in steps:
        if one.outcome == "waits" and (until := _moment(one.detail.get("until"), zone)):
            yield Link(at=one.at, code="waits", run_id=one.run_id, words=say("waits", step=one.step, until=until))


def _of_message(one: _Message, zone: ZoneInfo) -> Iterator[Link]:
    first = one.tried[0] if one.tried else one
    planned = say("planned", channel=first.channel, template=first.template)
    yield Link(at=one.created_at, code="planned", message_id=one.id, words=planned)
    drawn, _, variant = one.step.partition(".")
    if drawn in ("variants", "winner"):
        yield Link(at=one.created_at, code=drawn, message_id=one.id, words=say(drawn, variant=variant))
    yield from _of_tries(one)
    for hearing in one.answers or []:
        yield from _of_hearing(one.id, hearing, zone)
    heard = bool(one.answers) and one.answers[-1].reason == one.reason
    if one.state != "withheld" or not heard:
        yield _end(one, zone)
    for moment in _MOMENTS:
        at = getattr(one, f"{moment}_at")
        if at is not None:
            yield Link(at=at, code=moment, message_id=one.id, words=say(moment))
    bounced_at = _bounced_at(one)
    if bounced_at is not None:
        told = {"reason": bounce_words(one.bounce), "detail": _in_brackets(one.bounce_said)}
        yield Link(at=bounced_at, code="bounced", message_id=one.id, words=say("bounced", **told), rule=one.bounce)


def _of_tries(one: _Message) -> Iterator[Link]:
    """Each channel that could not bring it, and the one that was next."""
    tried = one.tried or []
    for before, after in zip(tried, [*tried[1:], one], strict=False):
        told = {"reason": reason_words(before.reason), "detail": _about(before.reason, before.detail)}
        words = say("fell_back", channel=before.channel, following=after.channel, **told)
        yield Link(at=before.at, code="fell_back", message_id=one.id, words=words, rule=before.reason)


def _of_hearing(message_id: int, hearing: Hearing, zone: ZoneInfo) -> Iterator[Link]:
    for name in (one for one in QUESTIONS if one in hearing.passed):
        note = hearing.passed[name]
        words = say("passed", question=question(name), note=note)
        yield Link(at=hearing.at, code=f"passed_{name}", message_id=message_id, words=words, rule=note)
    if hearing.reason is not None:
        until = _moment(hearing.until, zone)
        told = {"reason": reason_words(hearing.reason), "detail": _about(hearing.reason, hearing.detail)}
        words = say("withheld", **told) if until is None else say("put_off", until=until, **told)
        yield Link(at=hearing.at, code=hearing.reason, message_id=message_id, words=words, rule=hearing.detail)


def _end(one: _Message, zone: ZoneInfo) -> Link:
    """Where a message stands."""
    if one.state in ("queued", "claimed"):
        until = str(_moment(one.not_before, zone))
        told = {"reason": reason_words(one.reason), "detail": _about(one.reason, one.detail), "until": until}
        words = say("queued", until=until) if one.reason is None else say("put_off", **told)
        return Link(at=None, code="queued", message_id=one.id, words=words, rule=one.detail)
    if one.state == "sent":
        return Link(at=one.sent_at, code="sent", message_id=one.id, words=say("sent", address=one.address or "-"))
    words = say(one.state, reason=reason_words(one.reason), detail=_about(one.reason, one.detail))
    at = one.sent_at if one.state == "unknown" else None
    return Link(at=at, code=one.reason or one.state, message_id=one.id, words=words, rule=one.detail)


def _outcome(one: _Message, zone: ZoneInfo) -> Words:
    """What came of a message in the end, as far as anybody told; else where it stands."""
    told = next((moment for moment in _LAST if _stands(one, moment)), None)
    if told is None or one.state not in ("sent", "unknown"):
        return _end(one, zone).words
    reason, detail = bounce_words(one.bounce), _in_brackets(one.bounce_said)
    return say(f"in_the_end_{told}", address=one.address or "-", reason=reason, detail=detail)


def _stands(one: _Message, moment: str) -> bool:
    """Whether it holds: one that was delivered after a bounce did arrive, and the other way round it did not."""
    bounced = _bounced_at(one)
    if moment == "bounced":
        return bounced is not None and (one.delivered_at is None or one.delivered_at <= bounced)
    return getattr(one, f"{moment}_at") is not None


def _bounced_at(one: _Message) -> datetime | None:
    """The last bounce that is known; a complaint is none."""
    if one.bounce is None and one.complained_at is not None:
        return one.soft_bounced_at
    return max((at for at in (one.bounced_at, one.soft_bounced_at) if at is not None), default=None)


def _nothing(
    tx: Transaction, workspace: Workspace, source: Definition, profiles: list[int], runs: Sequence[_Run]
) -> Link:
    """Why no message was ever planned."""
    entry = source.body.get("entry")
    event = entry.get("event") if isinstance(entry, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    waiting = next((run for run in runs if run.state == "waiting"), None)
    if waiting is not None:
        return Link(at=None, code="nothing_yet", words=say("nothing_yet", step=waiting.step))
    if runs:
        return Link(at=None, code="no_send", words=say("no_send"))
    if source.state != "live":
        return Link(at=None, code="not_live", words=say("not_live", name=source.name, state=source.state))
    if not isinstance(event, str):
        return _among(tx, workspace, source, profiles)
    [(times, last)] = _queries.tuples(tx, "came", workspace_id=workspace.id, profiles=profiles, event=event)
    if not times:
        return Link(at=None, code="never_came", words=say("never_came", event=event))
    told = say("not_let_in", event=event, times=times, last=_moment(last, workspace.tz()))
    return Link(at=None, code="not_let_in", words=told)


def _among(tx: Transaction, workspace: Workspace, source: Definition, profiles: list[int]) -> Link:
    """Whether somebody is among the recipients of a campaign, and what they wait for."""
    place = {"workspace_id": workspace.id, "definition_id": source.id, "profiles": profiles}
    for for_winner, due_at in _queries.tuples(tx, "among_recipients", **place):
        code = "for_winner" if for_winner else "for_hour"
        return Link(at=None, code=code, words=say(code, until=_moment(due_at, workspace.tz())))
    return Link(at=None, code="not_among", words=say("not_among", name=source.name))


def _moment(at: object, zone: ZoneInfo) -> str | None:
    """A moment as people of the shop read it."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else None


def _about(reason: str | None, detail: str | None) -> Words:
    """What stands behind a reason, in brackets."""
    known = suppression_words(detail) if reason == "suppressed" else None
    return _in_brackets(detail, known)


def _in_brackets(detail: str | None, known: Words | None = None) -> Words:
    return {language: f" ({words})" if words else "" for language, words in (known or both(detail)).items()}
