"""A campaign's control group as an experiment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from hourglass.experiments import ExperimentResults, results
from tests.campaigns.desk import Desk
from tests.messages.shop import NOW, days


def found(desk: Desk, **more: Any) -> ExperimentResults:
    with desk.database.transaction() as tx:
        return results(tx, desk.workspace, "campaign", "spring", NOW + days(30), **more)


def bought(desk: Desk, condition: str, at: datetime) -> None:
    desk.run(
        "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue,"
        f" currency) SELECT 1, 'o' || id, 1, profile_id, 'completed', %(at)s, %(at)s, 500, 'EUR' FROM messages"
        f" WHERE {condition}", at=at,
    )  # fmt: skip


def test_a_campaigns_recipients_are_compared_with_those_kept_out(desk: Desk) -> None:
    desk.readers_many(600)
    desk.send(control=25)
    desk.advance()
    kept = {row[0] for row in desk.run("SELECT profile_id FROM messages WHERE reason = 'control_group'")}
    bought(desk, "state = 'queued'", NOW + days(1))
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


def test_variants_are_compared_with_the_first_by_those_whom_the_lot_gave_them(desk: Desk) -> None:
    desk.readers_many(900)
    desk.send(variants=[{"subject": "A"}, {"subject": "B"}], test={"share": 50, "for": "1h"}, control=10)
    desk.advance()
    desk.hand_over()
    desk.run("UPDATE messages SET clicked_at = sent_at WHERE step = 'variants.b'")
    desk.advance(NOW + days(1 / 24))
    bought(desk, "step = 'variants.b' AND state = 'sent'", NOW + days(1))
    seen = found(desk, step="variants")
    drawn = dict(desk.run("SELECT right(step, 1), count(*) FROM messages WHERE step LIKE 'variants.%%'"
                          " AND state <> 'withheld' GROUP BY 1"))  # fmt: skip
    assert {arm.arm: arm.people for arm in seen.arms} == drawn
    assert (seen.baseline, seen.verdict.code, seen.verdict.arm) == ("a", "added", "b")
    assert not seen.ratio.mismatch


def test_of_a_campaign_that_repeats_each_person_counts_from_their_first_edition(desk: Desk) -> None:
    """The control group is the same in each of them, so nobody crosses over."""
    desk.readers_many(500)
    desk.send(control=30, schedule={"every": "day", "at": "15:00"})
    for day in range(3):
        desk.advance(NOW + days(day + 1 / 8))
        desk.hand_over()
    kept = desk.run("SELECT send_id, count(*) FROM messages WHERE reason = 'control_group' GROUP BY 1 ORDER BY 1")
    assert len(kept) == 3
    assert len({people for _, people in kept}) == 1
    seen = found(desk)
    assert {arm.arm: arm.assigned for arm in seen.arms} == {"control": kept[0][1], "treated": 500 - kept[0][1]}
    assert seen.crossed == 0


@pytest.mark.parametrize(("percent", "least", "most"), [(0.5, 2, 30), ("2.5%", 45, 110)])
def test_a_control_group_may_be_a_fraction_of_a_hundredth(desk: Desk, percent: object, least: int, most: int) -> None:
    desk.readers_many(3000)
    desk.send(control=percent)
    desk.advance()
    [(kept,)] = desk.run("SELECT count(*) FROM messages WHERE reason = 'control_group'")
    assert least < kept < most
