"""A batch of claimed messages before the gate: what is asked about them, the answers, and the answers kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from hourglass.kernel import WorkspaceId
from hourglass.messages.candidates.answer import Hearing, Withheld
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.gate.case import Case
from hourglass.messages.gate.facts import cases_of
from hourglass.messages.gate.gate import hear
from hourglass.messages.gate.spending import charge, give_back
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
        withheld = {id_ for id_, heard in verdicts.items() if isinstance(heard.objection, Withheld)}
        give_back(tx, workspace_id, [case for case in cases if _overpaid(case, withheld)], withheld)
        charge(tx, workspace_id, [case for case in cases if verdicts[case.claim.id].objection is None], now)
        _keep(tx, workspace_id, verdicts)
        for one, case in zip(its, cases, strict=True):
            one.objection, one.provider = verdicts[one.claim.id].objection, case.provider
            one.by_budget = any(budget.provider is not None for budget in case.policy.budgets)


def _hear_all(cases: Sequence[Case], now: datetime) -> dict[int, Hearing]:
    """One after the other, those of strong journeys first."""
    heard: dict[int, Hearing] = {}
    for case in sorted(cases, key=_strength):
        hearing = heard[case.claim.id] = hear(case, now)
        if hearing.objection is None:
            claim = case.claim
            case.had.append(Had(at=now, channel=claim.channel, topic=claim.topic, marketing=claim.marketing,
                                journey=case.journey))  # fmt: skip
            for budget in case.draws:
                if budget.key not in case.paid:
                    case.rooms[budget.key].left -= case.costs.get(budget.key, 1)
    return heard


def _overpaid(case: Case, withheld: Collection[int]) -> bool:
    """It was tried before, and will leave by another provider than the one that was paid, or not at all."""
    return bool(case.paid) and (case.claim.id in withheld or not case.paid <= {budget.key for budget in case.draws})


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
