"""A batch of claimed messages before the gate: what is asked about them, the answers, and the answers kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from hourglass.kernel import WorkspaceId
from hourglass.messages.candidates.answer import Hearing
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.gate.case import Case
from hourglass.messages.gate.facts import cases_of
from hourglass.messages.gate.gate import hear
from hourglass.messages.gate.spending import charge
from hourglass.messages.policy.cap import Had
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("judge.sql"))
_encode = msgspec.json.Encoder().encode


def judge(tx: Transaction, candidates: Sequence[Candidate], now: datetime) -> None:
    """Each candidate learns the answer, which is kept on the message in the same transaction.

    Who passes counts for the next: nobody gets two where one is allowed. A constant number of statements a workspace.
    """
    mine: dict[WorkspaceId, list[Candidate]] = defaultdict(list)
    for one in candidates:
        mine[WorkspaceId(one.claim.workspace_id)].append(one)
    for workspace_id, its in mine.items():
        cases = cases_of(tx, workspace_id, its, now)
        verdicts = _hear_all(cases, now)
        charge(tx, workspace_id, [case for case in cases if verdicts[case.claim.id].objection is None], now)
        _keep(tx, workspace_id, verdicts)
        for one in its:
            one.objection = verdicts[one.claim.id].objection


def _hear_all(cases: Sequence[Case], now: datetime) -> dict[int, Hearing]:
    """One after the other, those of strong journeys first."""
    heard: dict[int, Hearing] = {}
    for case in sorted(cases, key=_strength):
        hearing = heard[case.claim.id] = hear(case, now)
        if hearing.objection is None:
            claim = case.claim
            case.had.append(Had(at=now, channel=claim.channel, topic=claim.topic, marketing=claim.marketing,
                                journey=case.journey))  # fmt: skip
            for key in case.rooms.keys() - case.paid:
                case.rooms[key].left -= case.costs.get(key, 1)
    return heard


def _strength(case: Case) -> int:
    slot = case.policy.slot_of(case.journey)
    return 0 if slot is None or case.journey is None else slot.journeys.index(case.journey)


def _keep(tx: Transaction, workspace_id: WorkspaceId, heard: dict[int, Hearing]) -> None:
    _queries.execute(
        tx,
        "keep",
        workspace_id=workspace_id,
        ids=list(heard),
        answers=[_encode(hearing).decode().replace("\\u0000", "") for hearing in heard.values()],
    )
