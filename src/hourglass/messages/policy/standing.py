"""The policy in force; and the kind of document it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from hourglass.definitions import Document, Doubt, Kind
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.messages.policy.contest import STAGES, contest_of
from hourglass.messages.policy.document import ONLY, Policy, read_policy
from hourglass.messages.policy.slot import with_contestants
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("standing.sql"))


def standing(tx: Transaction, workspace_id: WorkspaceId) -> Policy:
    """The rules of a workspace, the usual ones where it has none of its own; its slots with all who compete."""
    ((body, journeys),) = _queries.tuples(tx, "policy", workspace_id=workspace_id, key=ONLY, stages=list(STAGES))
    return _read(body, journeys)


@lru_cache(maxsize=64)
def _read(body: str | None, journeys: str) -> Policy:
    """A policy that a stricter version cannot read must not let more through than the usual one."""
    try:
        policy = Policy() if body is None else read_policy(msgspec.json.decode(body))
    except Malformed:
        policy = Policy()
    contests = {key: contest_of(said) for key, said in msgspec.json.decode(journeys, type=dict[str, Document]).items()}
    return replace(policy, slots=with_contestants(policy.slots, contests))


def doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """Journeys that do not exist (yet)."""
    policy = read_policy(document)
    journeys = {row[0] for row in _queries.tuples(tx, "journeys", workspace_id=workspace_id)}
    return [
        Doubt(path=path, message=f"There is no journey “{name}” yet.", near=sorted(journeys)[:5])
        for path, name in _journeys(policy)
        if name not in journeys
    ]


def _journeys(policy: Policy) -> Iterator[tuple[str, str]]:
    for place, slot in enumerate(policy.slots):
        yield from ((f"slots[{place}].journeys[{number}]", name) for number, name in enumerate(slot.journeys))
    for place, budget in enumerate(policy.budgets):
        if budget.journey is not None:
            yield f"budgets[{place}].journey", budget.journey


def _schema() -> Document:
    return msgspec.json.schema(Policy)


POLICY = Kind(name="policy", read=read_policy, doubts=doubts, schemas={"policy": _schema})
