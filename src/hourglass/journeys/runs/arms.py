"""Arms of a bandit: what each has brought so far, and who draws which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.experiments import ArmCount, thompson
from hourglass.journeys.steps import Bandit, Run
from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("arms.sql"))
_SETTLE_EVERY = timedelta(minutes=1)
_LATE = timedelta(hours=1)


class ArmReport(Struct, frozen=True, kw_only=True):
    """An arm in numbers: people who went there, and those of them who brought the reward."""

    arm: str
    drawn: int
    rewarded: int


def draw_arms(
    tx: Transaction, workspace: Workspace, journey_id: int, bandit: Bandit, runs: Sequence[Run], now: datetime
) -> list[str]:
    """An arm for each run, by what all draws before have brought. The same run draws the same on the same day.

    Rewards are looked for once a minute; the counts are this transaction's until it ends.
    """
    place = {"workspace_id": workspace.id, "journey_id": journey_id, "step": bandit.key}
    _queries.execute(tx, "open", **place, arms=list(bandit.arms))
    if _queries.tuples(tx, "time_to_settle", **place, now=now, before=now - _SETTLE_EVERY):
        _settle(tx, workspace.id, journey_id, bandit, now)
    known = {arm: ArmCount(drawn=drawn, rewarded=won) for arm, drawn, won in _queries.tuples(tx, "counts", **place)}
    zone = workspace.tz()
    names = [
        (f"journey {journey_id}", bandit.key, str(run.profile_id), f"{run.moment.astimezone(zone):%Y-%m-%d}")
        for run in runs
    ]
    drawn = thompson({arm: known[arm] for arm in bandit.arms}, names, explore=bandit.explore)
    counted = Counter(drawn)
    _queries.execute(
        tx,
        "keep",
        **place,
        runs=[run.id for run in runs],
        visits=[run.visit for run in runs],
        drawn=drawn,
        moments=[run.moment for run in runs],
        untils=[run.moment + bandit.within for run in runs],
        arms=list(counted),
        counts=list(counted.values()),
    )
    return drawn


def arm_reports(tx: Transaction, workspace_id: WorkspaceId, journey_id: int, bandit: Bandit) -> list[ArmReport]:
    """What each arm of a bandit has brought up to now, in the order of the document."""
    place = {"workspace_id": workspace_id, "journey_id": journey_id, "step": bandit.key}
    known = {arm: (drawn, won) for arm, drawn, won in _queries.tuples(tx, "counts", **place)}
    fresh = Counter(arm for arm, _, _ in _queries.tuples(tx, "won", **place, reward=bandit.reward))
    return [
        ArmReport(arm=arm, drawn=drawn, rewarded=won + fresh[arm])
        for arm in bandit.arms
        for drawn, won in [known.get(arm, (0, 0))]
    ]


def _settle(tx: Transaction, workspace_id: WorkspaceId, journey_id: int, bandit: Bandit, now: datetime) -> None:
    """Count what was won since, and let go of draws that can win no more."""
    place = {"workspace_id": workspace_id, "journey_id": journey_id, "step": bandit.key}
    won = _queries.tuples(tx, "won", **place, reward=bandit.reward)
    counted = Counter(arm for arm, _, _ in won)
    _queries.execute(
        tx,
        "close",
        **place,
        runs=[run_id for _, run_id, _ in won],
        visits=[visit for _, _, visit in won],
        arms=list(counted),
        counts=list(counted.values()),
        before=now - _LATE,
    )
