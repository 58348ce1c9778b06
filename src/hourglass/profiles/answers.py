"""What events say about consent: `Consent Granted` and the like, and the `consents` among the traits of an identify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast
from uuid import UUID

from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction
from hourglass.profiles.confirmation import hold_back
from hourglass.profiles.consent import MARKETING, Answer, Proof, append

ANSWERS = {"Consent Granted": True, "Subscribed": True, "Consent Withdrawn": False, "Unsubscribed": False}
"""Events that are an answer, and which."""
_NAMED = {"channel", "topic", "purpose", "source", "text", "form"}
_LONGEST, _LONGEST_TEXT = 100, 10_000


def record(
    events: Sequence[Event],
    identity_ids: Sequence[int],
    profile_ids: Sequence[int],
    tx: Transaction,
    workspace_id: WorkspaceId,
) -> set[int]:
    """Write down what a batch of events answers; the people who answered.

    A yes that has to be confirmed first is asked for. History is told as it was: who imports it vouches for it.
    """
    answers: list[tuple[Event, Answer]] = []
    for event, identity_id, profile_id in zip(events, identity_ids, profile_ids, strict=True):
        if event.name in ANSWERS and event.kind == "track":
            answers.append((event, _of_track(event, identity_id, profile_id)))
        elif event.kind == "identify" and isinstance(event.traits.get("consents"), dict):
            answers.extend((event, answer) for answer in _of_traits(event, identity_id, profile_id))
    if not answers:
        return set()
    held = hold_back(tx, workspace_id, [answer for event, answer in answers if not event.historical])
    append(tx, workspace_id, [answer for _, answer in answers if id(answer) not in held])
    return {answer.profile_id for _, answer in answers}


def _of_track(event: Event, identity_id: int, profile_id: int) -> Answer:
    told = event.properties
    return Answer(
        identity_id=identity_id,
        profile_id=profile_id,
        channel=_word(told.get("channel")),
        topic=_word(told.get("topic")),
        granted=ANSWERS[event.name],
        at=event.at,
        source=_word(told.get("source")) or event.name,
        purpose=_word(told.get("purpose")) or MARKETING,
        proof=_proof(event, {key: value for key, value in told.items() if key not in _NAMED}),
        event=UUID(event.id),
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
            proof=_proof(event, {}),
            event=UUID(event.id),
        )


def _proof(event: Event, more: dict[str, Any]) -> Proof:
    text = event.properties.get("text")
    return Proof(
        told=text[:_LONGEST_TEXT] if isinstance(text, str) else None,
        form=_word(event.properties.get("form")),
        ip=_word(event.context.get("ip")),
        user_agent=_word(event.context.get("userAgent"), 500),
        more=more | {"message_id": event.message_id},
    )


def _stated(consents: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for channel, topics in consents.items():
        for topic, granted in cast("dict[str, Any]", topics if isinstance(topics, dict) else {}).items():
            if isinstance(granted, bool) and _word(channel) and _word(topic):
                yield channel, topic, granted


def _word(value: object, longest: int = _LONGEST) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= longest else None
