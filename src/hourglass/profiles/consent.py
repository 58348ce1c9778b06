"""The consent ledger: every yes and no with its time, source and proof; the latest answer to a question counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct

from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("consent.sql"))
_encode = msgspec.json.Encoder().encode

EVERY_TOPIC = "*"
"""Speaks for all topics of its channel."""
_USUAL_CHANNEL = "email"
_ANSWERS = {"Consent Granted": True, "Subscribed": True, "Consent Withdrawn": False, "Unsubscribed": False}
"""Events that are an answer, and which."""
_LONGEST = 100


class Consent(Struct, frozen=True, kw_only=True):
    """What a person answers at present about a topic on a channel."""

    profile_id: int
    channel: str
    topic: str
    granted: bool
    at: datetime
    source: str


class Answer(Struct, frozen=True, kw_only=True):
    """One line of the ledger. Channel or topic None: all that the person ever answered about."""

    identity_id: int
    profile_id: int
    channel: str | None
    topic: str | None
    granted: bool
    at: datetime
    source: str
    proof: dict[str, Any] = {}


def current(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int]) -> list[Consent]:
    """What these people answer at present."""
    return _queries.rows(tx, "current", Consent, workspace_id=workspace_id, ids=sorted(profile_ids))


def grant(
    tx: Transaction,
    workspace_id: WorkspaceId,
    profile_ids: Collection[int],
    channel: str,
    topic: str,
    *,
    source: str,
    now: datetime,
    proof: dict[str, Any] | None = None,
) -> None:
    """These people say yes. `source` names where (a form, a call, an import), `proof` what they saw and did."""
    _answer(tx, workspace_id, profile_ids, channel, topic, True, source, now, proof)


def withdraw(
    tx: Transaction,
    workspace_id: WorkspaceId,
    profile_ids: Collection[int],
    channel: str | None,
    topic: str | None,
    *,
    source: str,
    now: datetime,
    proof: dict[str, Any] | None = None,
) -> None:
    """These people say no; without a topic to all of the channel, without a channel to everything."""
    _answer(tx, workspace_id, profile_ids, channel, topic, False, source, now, proof)


def _answer(
    tx: Transaction,
    workspace_id: WorkspaceId,
    profile_ids: Collection[int],
    channel: str | None,
    topic: str | None,
    granted: bool,
    source: str,
    now: datetime,
    proof: dict[str, Any] | None,
) -> None:
    strongest = _queries.tuples(tx, "strongest", workspace_id=workspace_id, ids=sorted(profile_ids))
    _append(
        tx,
        workspace_id,
        [
            Answer(
                identity_id=identity_id,
                profile_id=profile_id,
                channel=channel,
                topic=topic,
                granted=granted,
                at=now,
                source=source,
                proof=proof or {},
            )
            for profile_id, identity_id in strongest
        ],
    )


def record(
    events: Sequence[Event],
    identity_ids: Sequence[int],
    profile_ids: Sequence[int],
    tx: Transaction,
    workspace_id: WorkspaceId,
) -> set[int]:
    """Write down what a batch of events answers; the people who answered."""
    answers: list[Answer] = []
    for event, identity_id, profile_id in zip(events, identity_ids, profile_ids, strict=True):
        if event.name in _ANSWERS and event.kind == "track":
            answers.append(_of_track(event, identity_id, profile_id))
        elif event.kind == "identify" and isinstance(event.traits.get("consents"), dict):
            answers.extend(_of_traits(event, identity_id, profile_id))
    _append(tx, workspace_id, answers)
    return {answer.profile_id for answer in answers}


def _of_track(event: Event, identity_id: int, profile_id: int) -> Answer:
    told = event.properties
    return Answer(
        identity_id=identity_id,
        profile_id=profile_id,
        channel=_word(told.get("channel")),
        topic=_word(told.get("topic")),
        granted=_ANSWERS[event.name],
        at=event.at,
        source=_word(told.get("source")) or event.name,
        proof={key: value for key, value in told.items() if key not in {"channel", "topic", "source"}}
        | {"message_id": event.message_id},
    )


def _of_traits(event: Event, identity_id: int, profile_id: int) -> Iterator[Answer]:
    """`{"email": {"news": true}}` among the traits of an identify."""
    for channel, topic, granted in _stated(event.traits["consents"]):
        yield Answer(
            identity_id=identity_id,
            profile_id=profile_id,
            channel=channel,
            topic=topic,
            granted=granted,
            at=event.at,
            source="traits",
            proof={"message_id": event.message_id},
        )


def _stated(consents: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for channel, topics in consents.items():
        for topic, granted in cast("dict[str, Any]", topics if isinstance(topics, dict) else {}).items():
            if isinstance(granted, bool) and _word(channel) and _word(topic):
                yield channel, topic, granted


def _append(tx: Transaction, workspace_id: WorkspaceId, answers: Sequence[Answer]) -> None:
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
        proofs=[_encode(answer.proof).decode() for answer, _, _ in lines],
    )


def _answered(
    tx: Transaction, workspace_id: WorkspaceId, answers: Iterable[Answer]
) -> defaultdict[int, list[tuple[str, str]]]:
    """(channel, topic) each person has answered about, read only for those who now speak of everything."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    sweeping = {answer.profile_id for answer in answers if answer.channel is None or answer.topic is None}
    if sweeping:
        for profile_id, channel, topic in _queries.tuples(
            tx, "answered", workspace_id=workspace_id, ids=sorted(sweeping)
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


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST else None
