"""What the report says came of a campaign, from events as they come in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.kernel import Conflict, NotFound
from tests.campaigns.desk import Desk
from tests.campaigns.loop import Loop


def test_it_tells_what_people_did_and_what_they_bought(desk: Desk, loop: Loop) -> None:
    anna, boris, clara = (desk.reader(name) for name in ("anna", "boris", "clara"))
    desk.send()
    desk.advance()
    desk.run("UPDATE messages SET state = 'withheld', reason = 'no_consent' WHERE profile_id = %(id)s", id=clara)
    desk.hand_over()
    desk.advance()
    loop.hear("Message Delivered", anna, timedelta(minutes=1))
    loop.hear("Message Opened", anna, timedelta(hours=1))
    loop.hear("Message Clicked", anna, timedelta(hours=2), url="https://shop.example/sale")
    loop.hear("Message Clicked", anna, timedelta(hours=3), url="https://shop.example/sale")
    loop.hear("Message Complained", boris, timedelta(hours=1))
    loop.hear("Unsubscribed", boris, timedelta(hours=1), topic="news", channel="email")
    loop.buys(anna, timedelta(days=1))
    loop.buys(boris, timedelta(days=1), 500)
    found = loop.report()
    assert (found.standing.recipients, found.standing.sent, found.standing.withheld) == (3, 2, 1)
    assert [(one.reason, one.count) for one in found.withheld] == [("no_consent", 1)]
    assert (found.delivered, found.opened, found.clicked) == (1, 1, 1)
    assert (found.bounced, found.complained, found.unsubscribed) == (1, 1, 1)
    assert [(one.url, one.messages, one.times) for one in found.links] == [("https://shop.example/sale", 1, 2)]
    assert [(one.currency, one.orders, one.revenue) for one in found.sales] == [("EUR", 1, 1000)]
    assert found.added is None


def test_what_is_taken_back_is_taken_off(desk: Desk, loop: Loop) -> None:
    anna = desk.reader()
    desk.send()
    desk.advance()
    desk.hand_over()
    loop.hear("Message Opened", anna, timedelta(hours=1))
    loop.buys(anna, timedelta(days=1))
    desk.run("UPDATE orders SET state = 'refunded', refunded = 400")
    assert [(one.orders, one.revenue) for one in loop.report().sales] == [(1, 600)]
    desk.run("UPDATE orders SET state = 'cancelled'")
    assert [(one.orders, one.revenue) for one in loop.report().sales] == [(0, 0)]


def test_beside_the_control_group_it_shows_what_it_added(desk: Desk, loop: Loop) -> None:
    desk.readers_many(500)
    desk.send(control=25)
    desk.advance()
    desk.hand_over()
    treated = [row[0] for row in desk.run("SELECT profile_id FROM messages WHERE state = 'sent' ORDER BY 1")]
    control = [row[0] for row in desk.run("SELECT profile_id FROM messages WHERE reason = 'control_group' ORDER BY 1")]
    for person in treated[: len(treated) // 2]:
        loop.buys(person, timedelta(days=1))
    for person in control[: len(control) // 4]:
        loop.buys(person, timedelta(days=1))
    loop.buys(control[-1], timedelta(days=7))
    found = loop.report().added
    assert found is not None
    assert [(arm.arm, arm.people) for arm in found.arms] == [("control", len(control)), ("treated", len(treated))]
    assert found.arms[0].orders == len(control) // 4, "the seventh day is outside of the window"
    effect = next(one for one in found.arms[1].effects if one.metric == "revenue")
    assert effect.estimate == pytest.approx(250, abs=20)
    assert effect.low is not None
    assert effect.textbook_low is not None
    assert effect.low < effect.textbook_low < effect.estimate, "it may be looked at any day"
    assert found.verdict.code == "added"


def test_a_campaign_that_was_never_sent_has_no_report(desk: Desk, loop: Loop) -> None:
    with pytest.raises(NotFound):
        loop.report()
    desk.define({"kind": "campaign", "key": "spring", "segment": "readers", "channel": "email", "template": "hello"})
    with pytest.raises(Conflict, match="was not sent yet"):
        loop.report()
