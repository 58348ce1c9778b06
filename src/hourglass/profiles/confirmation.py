"""Double opt-in: where a topic asks for it, a yes counts once it was confirmed from the address itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from hourglass.definitions import live
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.consent import EVERY_TOPIC, MARKETING, Answer, Proof, Statement, answers_of, append, current

_queries = Queries(Path(__file__).with_name("confirmation.sql"))
_encode = msgspec.json.Encoder().encode
TTL = timedelta(days=7)
"""How long a link to confirm works."""
_AGAIN = timedelta(hours=24)
"""A form that is sent again and again fills nobody's mailbox: one message a day."""


class Request(Struct, frozen=True, kw_only=True):
    """A yes that was asked for. `profile_id`: whoever has the identity now."""

    id: int
    identity_id: int
    profile_id: int
    purpose: str
    channel: str
    topic: str
    at: datetime
    expires_at: datetime
    confirmed_at: datetime | None
    source: str
    told: str | None
    form: str | None
    ip: str | None
    user_agent: str | None
    proof: dict[str, Any]


class Strict(Struct, frozen=True):
    """Which topics ask for a confirmation: (topic, channel), channel None: on each."""

    pairs: frozenset[tuple[str, str | None]]

    def asks(self, channel: str | None, topic: str | None) -> bool:
        """Whether a yes to this needs one; a yes to every topic needs one as soon as any topic does."""
        return any(
            topic in (one, None, EVERY_TOPIC) and (where is None or channel in (where, None))
            for one, where in self.pairs
        )


def strict_topics(tx: Transaction, workspace_id: WorkspaceId) -> Strict:
    """`confirm: true` or `confirm: [email]` in the documents of topics."""
    pairs: set[tuple[str, str | None]] = set()
    for topic in live(tx, workspace_id, "topic"):
        confirm = topic.body.get("confirm")
        if confirm is True:
            pairs.add((topic.key, None))
        elif isinstance(confirm, list):
            pairs.update((topic.key, str(channel)) for channel in confirm)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return Strict(frozenset(pairs))


def hold_back(tx: Transaction, workspace_id: WorkspaceId, answers: Sequence[Answer]) -> Collection[int]:
    """Ask for the confirmations these answers need; the `id()` of those that must not be written down yet.

    Who has said yes already and says it again needs none.
    """
    hopeful = [one for one in answers if one.granted and one.purpose == MARKETING]
    strict = strict_topics(tx, workspace_id) if hopeful else Strict(frozenset())
    asking = [one for one in hopeful if strict.asks(one.channel, one.topic)]
    if not asking:
        return ()
    standing = {
        (one.profile_id, one.channel, one.topic): one.granted
        for one in current(tx, workspace_id, {one.profile_id for one in asking})
    }
    held = [one for one in asking if not standing.get((one.profile_id, one.channel or "", one.topic or ""))]
    request(tx, workspace_id, held)
    return {id(one) for one in held}


def request(tx: Transaction, workspace_id: WorkspaceId, answers: Sequence[Answer]) -> int:
    """Note what people asked for; how many will get a message. Not again for what was asked within a day."""
    if not answers:
        return 0
    return _queries.execute(
        tx,
        "request",
        workspace_id=workspace_id,
        identities=[one.identity_id for one in answers],
        profiles=[one.profile_id for one in answers],
        channels=[one.channel or "email" for one in answers],
        topics=[one.topic or EVERY_TOPIC for one in answers],
        ats=[one.at for one in answers],
        until=[one.at + TTL for one in answers],
        quiet=[one.at - _AGAIN for one in answers],
        sources=[one.source for one in answers],
        told=[one.proof.told for one in answers],
        forms=[one.proof.form for one in answers],
        ips=[one.proof.ip for one in answers],
        agents=[one.proof.user_agent for one in answers],
        proofs=[_encode(one.proof.more).decode() for one in answers],
    )


def find_request(tx: Transaction, workspace_id: WorkspaceId, request_id: int) -> Request | None:
    """A request; None when its person is gone."""
    return _queries.one(tx, "find", Request, workspace_id=workspace_id, id=request_id)


def requests_of(tx: Transaction, workspace_id: WorkspaceId, profile_id: int) -> list[Request]:
    """What a person asked for, newest first."""
    return _queries.rows(tx, "of_person", Request, workspace_id=workspace_id, profile_id=profile_id)


def subscribe(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], said: Statement) -> bool:
    """These people say yes, which may have to be confirmed; whether it counts already, for all of them."""
    answers = answers_of(tx, workspace_id, profile_ids, said, granted=True)
    held = hold_back(tx, workspace_id, answers)
    append(tx, workspace_id, [one for one in answers if id(one) not in held])
    return not held


def confirm(
    tx: Transaction,
    workspace_id: WorkspaceId,
    asked: Request,
    how: Mapping[str, Any],
    now: datetime,
    event: UUID | None = None,
) -> bool:
    """Turn a request into a yes; False when it is too late or was done before. The proof holds both moments."""
    if asked.expires_at <= now or not _queries.execute(tx, "confirm", workspace_id=workspace_id, id=asked.id, now=now):
        return False
    more = {**asked.proof, "asked_at": asked.at.isoformat(), "request_id": asked.id, "confirmed": dict(how)}
    proof = Proof(told=asked.told, form=asked.form, ip=asked.ip, user_agent=asked.user_agent, more=more)
    answer = Answer(
        identity_id=asked.identity_id,
        profile_id=asked.profile_id,
        channel=asked.channel,
        topic=asked.topic,
        granted=True,
        at=now,
        source=asked.source,
        purpose=asked.purpose,
        proof=proof,
        event=event,
    )
    append(tx, workspace_id, [answer])
    return True
