"""Waits for a time of day, a window of the week, a date of the person, and an event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed
from tests.engine.shop import TEMPLATE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEND = {"send": {"channel": "email", "template": "hello"}}


def journey(*steps, **more):
    return {"kind": "journey", "key": "walk", "entry": {"event": "Signed Up"}, "steps": list(steps), **more}


def signed_up(user="anna"):
    return {"userId": user, "event": "Signed Up"}


def person(user="anna", **traits):
    return {"type": "identify", "userId": user, "traits": traits}


def wakes(shop):
    """When each waiting run wakes, by user."""
    rows = shop.rows(
        "SELECT i.value, r.wake_at FROM journey_runs r JOIN identities i ON i.profile_id = r.profile_id "
        "AND i.kind = 'user_id' WHERE r.state = 'waiting'"
    )
    return {user: at.astimezone(UTC) for user, at in rows}


def enters(shop, at, wait, **traits):
    """Anna, with these traits, comes at a moment to a wait and what it is told after it."""
    shop.define(TEMPLATE, journey({"wait": wait}, SEND))
    shop.clock.advance(at - shop.clock.now())
    shop.send(person(**traits), signed_up())
    shop.tick()


def test_until_is_the_clock_where_the_person_lives(shop):
    shop.define(TEMPLATE, journey({"wait": {"until": "09:00"}}, SEND))
    shop.send(person(timezone="Asia/Almaty"), signed_up(), signed_up("boris"))
    shop.tick()
    assert wakes(shop) == {
        "anna": datetime(2026, 3, 2, 4, tzinfo=UTC),
        "boris": datetime(2026, 3, 2, 9, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("begins", "clock", "wakes_at"),
    [
        ((3, 28, 12), "02:30", (3, 29, 1, 30)),  # left out in spring: 03:30 summer time
        ((10, 24, 12), "02:30", (10, 25, 0, 30)),  # shown twice in autumn: the first
        ((10, 25, 0, 45), "02:30", (10, 25, 1, 30)),  # and then the second
        ((10, 25, 0, 45), "02:40", (10, 25, 1, 40)),
        ((3, 28, 8), "09:00", (3, 29, 7)),  # at nine already: tomorrow, an hour earlier
    ],
    ids=str,
)
def test_until_keeps_to_the_clock_when_it_is_changed(shop, begins, clock, wakes_at):
    enters(shop, datetime(2026, *begins, tzinfo=UTC), {"until": clock}, timezone="Europe/Berlin")
    assert wakes(shop) == {"anna": datetime(2026, *wakes_at, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("begins", "wait", "wakes_at"),
    [
        ((2, 12), {"weekdays": ["mon", "tue"], "between": ["10:00", "20:00"]}, None),  # Monday noon: it is open
        ((2, 20), {"weekdays": ["mon", "tue"], "between": ["10:00", "20:00"]}, (3, 10)),
        ((3, 20), {"weekdays": ["mon", "tue"], "between": ["10:00", "20:00"]}, (9, 10)),
        ((2, 3), {"between": ["10:00", "24:00"]}, (2, 10)),
        ((7, 3), {"weekdays": ["mon"]}, (9, 0)),
        ((2, 9), {"weekdays": ["mon"], "between": ["08:00", "08:30"]}, (9, 8)),
    ],
    ids=str,
)
def test_a_window_lets_through_while_it_is_open(shop, begins, wait, wakes_at):
    enters(shop, datetime(2026, 3, *begins, tzinfo=UTC), wait)
    if wakes_at is None:
        assert shop.messages() == [("hello", "queued", None)]
    else:
        assert wakes(shop) == {"anna": datetime(2026, 3, *wakes_at, tzinfo=UTC)}


def test_a_date_of_the_person_on_their_own_clock(shop):
    wait = {"date": "renewal", "offset": "-3d", "at": "10:00"}
    enters(shop, datetime(2026, 3, 20, tzinfo=UTC), wait, renewal="2026-04-01", timezone="Europe/Berlin")
    assert wakes(shop) == {"anna": datetime(2026, 3, 29, 8, tzinfo=UTC)}, "three days by the calendar, over the change"


@pytest.mark.parametrize("renewal", [None, "soon", "2026-02-28", "0001-01-01"])
@pytest.mark.parametrize("otherwise", ["go_on", "exit"])
def test_without_a_date_or_after_it_the_author_decides(shop, renewal, otherwise):
    wait = {"date": "renewal", "offset": "-1d", "missing": otherwise, "past": otherwise}
    enters(shop, datetime(2026, 3, 20, tzinfo=UTC), wait, renewal=renewal)
    left = "date_passed" if renewal and renewal[0].isdigit() and renewal[0] == "2" else "no_date"
    (_, state, reason, _) = shop.runs()[0]
    assert (state, len(shop.messages())) == (("finished", 1) if otherwise == "go_on" else ("exited", 0))
    assert reason in (None, left, "date_passed")


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"wait": {"until": 9}}, "steps[0].wait.until"),
        ({"wait": {"until": "25:00"}}, "steps[0].wait.until"),
        ({"wait": {"weekdays": ["monday"]}}, "steps[0].wait.weekdays"),
        ({"wait": {"between": ["20:00", "10:00"]}}, "steps[0].wait.between"),
        ({"wait": {"date": "renewal", "offset": "three"}}, "steps[0].wait.offset"),
        ({"wait": {"date": "renewal", "missing": "stay"}}, "steps[0].wait.missing"),
        ({"wait": {"event": "Order Completed"}}, "steps[0].wait.timeout"),
        ({"wait": {"event": "Order Completed", "timeout": "0m"}}, "steps[0].wait.timeout"),
        ({"wait": {"for": "ever"}}, "steps[0].wait"),
        ({"wait": "1h", "id": "1st"}, "steps[0].id"),
    ],
    ids=str,
)
def test_a_mistake_is_told_with_its_place(step, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(step))
    assert refused.value.path == path
