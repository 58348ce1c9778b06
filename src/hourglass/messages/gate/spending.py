"""What is left of budgets, and what messages that pass the gate take from them: each message once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hourglass.kernel import WorkspaceId
from hourglass.messages.gate.case import Case, Room
from hourglass.messages.policy.budget import Budget
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("spending.sql"))


def rooms(
    tx: Transaction, workspace_id: WorkspaceId, budgets: Iterable[Budget], home: ZoneInfo, now: datetime
) -> dict[str, Room]:
    """What is left in the running periods. Held until the end of the transaction, so that nobody spends it twice."""
    wanted = {budget.key: (budget, *budget.period(now, home)) for budget in sorted(budgets, key=lambda one: one.key)}
    if not wanted:
        return {}
    place = {
        "workspace_id": workspace_id,
        "budgets": list(wanted),
        "periods": [start for _, start, _ in wanted.values()],
    }
    _queries.execute(tx, "open", **place)
    used = dict(_queries.tuples(tx, "used", **place))
    return {
        key: Room(left=budget.limit - used.get(key, 0), next=following)
        for key, (budget, _, following) in wanted.items()
    }


def paid_before(tx: Transaction, workspace_id: WorkspaceId, cases: Iterable[Case]) -> defaultdict[int, set[str]]:
    """Which budgets paid for messages that are tried again."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    ids = [case.claim.id for case in cases]
    for message_id, budget in _queries.tuples(tx, "paid", workspace_id=workspace_id, messages=ids):
        found[message_id].add(budget)
    return found


def charge(tx: Transaction, workspace_id: WorkspaceId, passed: Sequence[Case], now: datetime) -> None:
    """Write down what these messages take; one that was charged before (it was tried again) takes nothing."""
    charges = [(case, budget) for case in passed for budget in case.draws]
    if not charges:
        return
    _queries.execute(
        tx,
        "charge",
        workspace_id=workspace_id,
        messages=[case.claim.id for case, _ in charges],
        budgets=[budget.key for _, budget in charges],
        periods=[budget.period(now, case.home)[0] for case, budget in charges],
        costs=[case.costs.get(budget.key, 1) for case, budget in charges],
        providers=[budget.provider for _, budget in charges],
    )


def give_back(tx: Transaction, workspace_id: WorkspaceId, cases: Sequence[Case], withheld: Collection[int]) -> None:
    """What they took before and do not cost: what another provider was to cost, or everything of those `withheld`."""
    if cases:
        _queries.execute(
            tx,
            "give_back",
            workspace_id=workspace_id,
            messages=[case.claim.id for case in cases],
            providers=[None if case.claim.id in withheld else case.provider or "" for case in cases],
        )
