"""A campaign's control group as an experiment."""

from __future__ import annotations

from typing import Any

from hourglass.experiments import ExperimentResults, results
from tests.campaigns.desk import Desk
from tests.messages.shop import NOW, days


def found(desk: Desk, **more: Any) -> ExperimentResults:
    with desk.database.transaction() as tx:
        return results(tx, desk.workspace, "campaign", "spring", NOW + days(30), **more)


def test_a_campaigns_recipients_are_compared_with_those_kept_out(desk: Desk) -> None:
    desk.readers_many(600)
    desk.send(control=25)
    desk.advance()
    kept = {row[0] for row in desk.run("SELECT profile_id FROM messages WHERE reason = 'control_group'")}
    desk.run(
        "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue,"
        " currency) SELECT 1, 'o' || profile_id, 1, profile_id, 'completed', %(at)s, %(at)s, 500, 'EUR' FROM messages"
        " WHERE state = 'queued'", at=NOW + days(1),
    )  # fmt: skip
    seen = {arm.arm: (arm.people, arm.orders) for arm in found(desk).arms}
    assert seen == {"control": (len(kept), 0), "treated": (600 - len(kept), 600 - len(kept))}
    assert found(desk).verdict.code == "added"


def test_whom_the_policy_keeps_out_stays_where_the_campaigns_lot_put_them(desk: Desk) -> None:
    """Else the arms would differ by more than the lot."""
    desk.readers_many(100)
    desk.send(control=25)
    desk.advance()
    before = {arm.arm: arm.people for arm in found(desk).arms}
    desk.run(
        "UPDATE messages SET state = 'withheld', reason = 'control_group', detail = 'control · 5 %%'"
        " WHERE id IN (SELECT id FROM messages WHERE state = 'queued' LIMIT 10)"
    )
    assert {arm.arm: arm.people for arm in found(desk).arms} == before
