"""The consent ledger: every yes and no with its time, source and proof; the latest answer to a question counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("consent.sql"))
_encode = msgspec.json.Encoder().encode

EVERY_TOPIC = "*"
"""Speaks for all topics of its channel."""
MARKETING = "marketing"
"""The purpose of news and offers; what the gate asks about. Others (profiling, ...) are kept beside."""
_USUAL_CHANNEL = "email"


class Proof(Struct, frozen=True, kw_only=True):
    """What shows that it was said: the text that was shown, the form and its version, who asked from where."""

    told: str | None = None
    form: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    more: dict[str, Any] = {}


class Consent(Struct, frozen=True, kw_only=True):
    """What a person answers at present about a topic on a channel."""

    profile_id: int
    channel: str
    topic: str
    granted: bool
    at: datetime
    source: str
    purpose: str = MARKETING


class Line(Consent, frozen=True, kw_only=True):
    """One line of the ledger, with its proof."""

    id: int
    told: str | None
    form: str | None
    ip: str | None
    user_agent: str | None
    proof: dict[str, Any]


class Statement(Struct, frozen=True, kw_only=True):
    """What is said in one gesture. Channel or topic None: about all that the person ever answered."""

    channel: str | None
    topic: str | None
    at: datetime
    source: str
    """Where: a form, a call, an import."""
    purpose: str = MARKETING
    proof: Proof = Proof()
    event: UUID | None = None
    """The event that says the same; whichever of the two comes first is written down."""


class Answer(Statement, frozen=True, kw_only=True):
    """One line of the ledger: who said yes or no."""

    identity_id: int
    profile_id: int
    granted: bool


def current(
    tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], purpose: str | None = MARKETING
) -> list[Consent]:
    """What these people answer at present; about every purpose when it is None."""
    return _queries.rows(tx, "current", Consent, workspace_id=workspace_id, ids=sorted(profile_ids), purpose=purpose)


def ledger(tx: Transaction, workspace_id: WorkspaceId, profile_id: int) -> list[Line]:
    """Everything a person ever answered, newest first, with the proof."""
    return _queries.rows(tx, "ledger", Line, workspace_id=workspace_id, profile_id=profile_id)


def grant(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], said: Statement) -> None:
    """These people say yes."""
    append(tx, workspace_id, answers_of(tx, workspace_id, profile_ids, said, granted=True))


def withdraw(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], said: Statement) -> None:
    """These people say no; without a topic to all of the channel, without a channel to everything."""
    append(tx, workspace_id, answers_of(tx, workspace_id, profile_ids, said, granted=False))


def answers_of(
    tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], said: Statement, *, granted: bool
) -> list[Answer]:
    """A line for each of these people."""
    words = structs.asdict(said)
    return [
        Answer(**words, identity_id=identity_id, profile_id=profile_id, granted=granted)
        for profile_id, identity_id in strongest(tx, workspace_id, profile_ids)
    ]


def strongest(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int]) -> list[tuple[int, int]]:
    """(person, the identity that stands for them)."""
    rows = _queries.tuples(tx, "strongest", workspace_id=workspace_id, ids=sorted(profile_ids))
    return [(row[0], row[1]) for row in rows]


def append(tx: Transaction, workspace_id: WorkspaceId, answers: Sequence[Answer]) -> None:
    """Write down what people said; nothing that stands is ever changed."""
    if not answers:
        return
    answered = _answered(tx, workspace_id, answers)
    lines = [line for answer in answers for line in _lines(answer, answered[answer.profile_id])]
    _queries.execute(
        tx,
        "append",
        workspace_id=workspace_id,
        identities=[answer.identity_id for answer, _, _ in lines],
        profiles=[answer.profile_id for answer, _, _ in lines],
        channels=[channel for _, channel, _ in lines],
        topics=[topic for _, _, topic in lines],
        answers=[answer.granted for answer, _, _ in lines],
        ats=[answer.at for answer, _, _ in lines],
        sources=[answer.source for answer, _, _ in lines],
        purposes=[answer.purpose for answer, _, _ in lines],
        proofs=[_encode(answer.proof.more).decode() for answer, _, _ in lines],
        told=[answer.proof.told for answer, _, _ in lines],
        forms=[answer.proof.form for answer, _, _ in lines],
        ips=[answer.proof.ip for answer, _, _ in lines],
        agents=[answer.proof.user_agent for answer, _, _ in lines],
        events=[answer.event for answer, _, _ in lines],
    )


def _answered(
    tx: Transaction, workspace_id: WorkspaceId, answers: Iterable[Answer]
) -> defaultdict[int, list[tuple[str, str]]]:
    """(channel, topic) each person has answered about, read only for those who now speak of everything."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    sweeping = {answer.profile_id for answer in answers if answer.channel is None or answer.topic is None}
    if sweeping:
        for profile_id, channel, topic in _queries.tuples(
            tx,
            "answered",
            workspace_id=workspace_id,
            ids=sorted(sweeping),
            purposes=sorted({answer.purpose for answer in answers}),
        ):
            found[profile_id].append((channel, topic))
    for answer in answers:
        if answer.channel and answer.topic:
            found[answer.profile_id].append((answer.channel, answer.topic))
    return found


def _lines(answer: Answer, answered: Iterable[tuple[str, str]]) -> Iterator[tuple[Answer, str, str]]:
    """A sweeping answer is written for every topic it covers, so that nobody has to know how to read it."""
    if answer.channel and answer.topic:
        yield answer, answer.channel, answer.topic
        return
    channels = {answer.channel} if answer.channel else {_USUAL_CHANNEL, *(channel for channel, _ in answered)}
    for channel in sorted(channels):
        topics = (
            {topic for one, topic in answered if one == channel} | {EVERY_TOPIC} if not answer.topic else {answer.topic}
        )
        for topic in sorted(topics):
            yield answer, channel, topic
