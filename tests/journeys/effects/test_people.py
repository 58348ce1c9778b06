"""Tasks and alerts for the people of the shop, on real ticks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass import profiles
from hourglass.journeys import read_journey
from hourglass.journeys.effects.alerts import list_alerts, see_alert
from hourglass.journeys.effects.tasks import finish_task, list_tasks, take_task
from hourglass.kernel import Malformed, NotFound
from tests.engine.shop import SHOP
from tests.journeys.effects.asking import broken_once, journey, viewed

DAY = timedelta(days=1)
CALL = {"task": {"title": "Call {{ profile.name }}", "to": "{{ event.team }}", "due": "2d"}}


def tasks(shop, *, done=False):
    with shop.database.transaction() as tx:
        return list_tasks(tx, SHOP, done=done, profile_id=None, most=10)


def alerts(shop):
    with shop.database.transaction() as tx:
        return [(one.words["ru"], one.times) for one in list_alerts(tx, SHOP, 10)]


def test_a_task_says_who_is_to_do_what_by_when_and_is_done_once(shop):
    shop.define(journey(CALL))
    shop.send({"type": "identify", "userId": "anna", "traits": {"name": "Anna"}}, viewed(team="sales"))
    shop.tick()
    (task,) = tasks(shop)
    assert (task.title, task.person, task.assignee, task.journey) == ("Call Anna", "Anna", "sales", "thanks")
    assert task.due_at == shop.clock.now() + 2 * DAY
    with shop.database.transaction() as tx:
        finish_task(tx, SHOP, task.id, author="olga", now=shop.clock.now(), partitions=1)
        again = finish_task(tx, SHOP, task.id, author="petr", now=shop.clock.now(), partitions=1)
        assert again.done_by == "olga"
    assert tasks(shop) == []
    assert [one.id for one in tasks(shop, done=True)] == [task.id]


def test_nobody_finishes_a_task_that_is_not_there(shop):
    with shop.database.transaction() as tx, pytest.raises(NotFound):
        finish_task(tx, SHOP, 7, author="olga", now=shop.clock.now(), partitions=1)


@pytest.mark.parametrize(("act", "word"), [(take_task, "Task Taken"), (finish_task, "Task Done")])
def test_a_journey_waits_for_somebody_to_take_a_task_on_or_do_it(shop, act, word):
    heard = {"event": word, "same": "run", "timeout": "4h", "else": [{"exit": "nobody_did"}]}
    each = {"correlate": "product_id", "reentry": "parallel"}
    shop.define({**journey(CALL, {"wait": heard}, {"exit": "somebody_did"}), **each})
    shop.send(viewed(product_id="tea"), viewed(product_id="mug"))
    shop.tick()
    first = tasks(shop)[0]
    with shop.database.transaction() as tx:
        for _ in range(2):
            act(tx, SHOP, first.id, author="olga", now=shop.clock.now(), partitions=1)
    shop.tick(timedelta(hours=1))
    shop.tick(timedelta(hours=3))
    assert sorted(reason for _, _, reason, _ in shop.runs()) == ["nobody_did", "somebody_did"]
    told = shop.rows("SELECT i.profile_id, e.properties->>'by' FROM events e JOIN event_names n ON n.id = e.name_id "
                     "JOIN identities i ON i.id = e.identity_id WHERE n.name = %s", word)  # fmt: skip
    assert told == [(first.profile_id, "olga")]
    assert word == "Task Done" or {one.assignee for one in tasks(shop)} == {"olga", None}


def test_a_tick_that_is_rolled_back_leaves_no_task_and_its_repeat_one(shop, monkeypatch):
    shop.define(journey(CALL, {"alert": {"text": "Look"}}))
    shop.send(viewed())
    with broken_once(shop, monkeypatch):
        shop.tick()
    assert len(tasks(shop)) == 1
    assert alerts(shop) == [("Look", 1)]


def test_the_same_alert_is_shown_once_with_how_often_until_it_is_seen(shop):
    shop.define(journey({"alert": {"text": "Large: {{ event.sum }}"}}))
    shop.send(viewed(sum=5), viewed("boris", sum=5), viewed("clara", sum=6))
    shop.tick()
    assert sorted(alerts(shop)) == [("Large: 5", 2), ("Large: 6", 1)]
    with shop.database.transaction() as tx:
        for one in list_alerts(tx, SHOP, 10):
            see_alert(tx, SHOP, one.id, author="olga", now=shop.clock.now())
    assert alerts(shop) == []
    shop.send(viewed("dora", sum=5))
    shop.tick()
    assert alerts(shop) == [("Large: 5", 1)]


def test_erasing_a_person_takes_their_tasks_and_alerts(shop):
    shop.define(journey(CALL, {"alert": {"text": "{{ profile.name }}"}}))
    shop.send(viewed())
    shop.tick()
    ((person,),) = shop.rows("SELECT id FROM profiles")
    with shop.database.transaction() as tx:
        profiles.erase(tx, SHOP, person, shop.clock.now())
    assert (tasks(shop), alerts(shop)) == ([], [])


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"task": {"to": "sales"}}, "task.title"),
        ({"task": {"title": "Call", "to": 5}}, "task.to"),
        ({"task": {"title": "Call", "due": "soon"}}, "task.due"),
        ({"task": {"title": "Call", "when": "now"}}, "task"),
        ({"alert": "text"}, "alert"),
        ({"alert": {"text": "{{ x.y }}"}}, "alert.text"),
        ({"promo": {}}, "promo.pool"),
        ({"promo": {"pool": "a", "into": "a b"}}, "promo.into"),
        ({"promo": {"pool": "a", "empty": "panic"}}, "promo.empty"),
    ],
)
def test_a_faulty_step_is_refused_with_its_place(step, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(step))
    assert refused.value.path == f"steps[0].{path}"
