"""Days and hours by the clock of the workspace or of the customer, over the nights in which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from hourglass.audience import compile_conditions, parse_condition
from hourglass.audience.columns.clocks import changes, off_clock, on_clock, shown
from hourglass.audience.columns.own_clock import ZONE, with_own_clock, with_own_time
from hourglass.audience.columns.scope import Scope, micros
from hourglass.audience.live.ask import local_time
from hourglass.kernel import Workspace, WorkspaceId

BERLIN, ALMATY, NEW_YORK = "Europe/Berlin", "Asia/Almaty", "America/New_York"
SUMMER = datetime(2026, 3, 29, 1, tzinfo=UTC)
"""Clocks of Berlin are put forward; in New York it was done three weeks before."""
ORDERED = {"event": "Order Completed"}


def ask(document: dict, now: datetime, at: list[datetime], *, zone: str = BERLIN, lives: str | None = None, **traits):
    """(holds, when time alone may change it) for one person with events at these moments."""
    workspace = Workspace(id=WorkspaceId(1), key="s", name="S", currency="EUR", zone=zone, locale="en")
    compiled = compile_conditions({"it": parse_condition(document)}, workspace)
    known = {f"trait:{name}": pl.Series([value], dtype=pl.String) for name, value in traits.items()}
    people = pl.DataFrame({"subject": [1], **known, ZONE: pl.Series([lives], dtype=pl.String)})
    rows = {"subject": [1] * len(at), "event": ["Order Completed"] * len(at), "at": at, "seq": range(len(at))}
    events = pl.DataFrame(
        rows, schema_overrides={"subject": pl.Int64, "event": pl.String, "at": pl.Datetime("us", "UTC")}
    ).with_columns(local_time(zone))
    if compiled.needs.own:
        people = with_own_clock(people, now, zone)
        events = with_own_time(events.lazy(), people)
    answer = compiled.evaluate(people, events, now).row(0, named=True)
    return answer["it"], answer["due"]


def local(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc, arg-type]


def test_a_date_begins_at_midnight_of_the_workspace():
    since = ORDERED | {"since": "2026-03-29"}
    now = local(BERLIN, 2026, 4, 1, 12)
    assert ask(since, now, [local(BERLIN, 2026, 3, 29, 0)])[0]
    assert not ask(since, now, [local(BERLIN, 2026, 3, 28, 23, 59)])[0]
    until = ORDERED | {"until": "2026-03-30"}
    assert ask(until, now, [local(BERLIN, 2026, 3, 29, 23, 59)])[0]
    assert not ask(until, now, [local(BERLIN, 2026, 3, 30, 0)])[0]


def test_a_date_begins_at_midnight_of_the_customer_where_it_says_local():
    since = ORDERED | {"since": "2026-03-29", "local": True}
    now, at = local(BERLIN, 2026, 4, 1, 12), local(NEW_YORK, 2026, 3, 28, 23, 30)
    assert at > local(BERLIN, 2026, 3, 29, 0)
    assert not ask(since, now, [at], lives=NEW_YORK)[0]
    assert ask(since, now, [at], lives=ALMATY)[0]
    assert ask(since, now, [at], lives=None)[0]
    assert ask(since, now, [at], lives="Middle/Earth")[0]


@pytest.mark.parametrize(("lives", "hour"), [(None, 3), (BERLIN, 3), (ALMATY, 6), (NEW_YORK, 21)])
def test_the_hour_is_the_one_that_the_clock_showed(lives, hour):
    """At one o'clock UTC it is three in Berlin, though a minute before it was one."""
    where = [{"property": "at", "op": "hour", "value": hour}]
    assert ask(ORDERED | {"where": where, "local": True}, SUMMER, [SUMMER], lives=lives)[0]
    before = [{"property": "at", "op": "hour", "value": 1}]
    minute = SUMMER - timedelta(minutes=1)
    assert ask(ORDERED | {"where": before}, SUMMER, [minute])[0]


@pytest.mark.parametrize("of", ["today", "this_week", "this_month", "this_year"])
@pytest.mark.parametrize("lives", [BERLIN, ALMATY, NEW_YORK, "America/Santiago", "Pacific/Apia"])
@pytest.mark.parametrize("edge", ["since", "until"])
def test_what_began_lately_moves_at_the_moment_that_is_due(of, lives, edge):
    """Midnight in Santiago is left out when its summer begins."""
    document = ORDERED | {edge: of, "local": True}
    now = datetime(2026, 3, 27, 22, 10, tzinfo=UTC) if of != "this_year" else datetime(2026, 12, 31, 8, tzinfo=UTC)
    at = [now - timedelta(minutes=10)]
    answer, due = ask(document, now, at, lives=lives)
    assert answer is (edge == "since")
    for _ in range(4):
        if due is None or ask(document, due, at, lives=lives)[0] is not answer:
            break
        due = ask(document, due, at, lives=lives)[1]
    assert due is not None
    assert ask(document, due, at, lives=lives)[0] is not answer
    assert ask(document, due - timedelta(microseconds=1), at, lives=lives)[0] is answer
    clock = due.astimezone(ZoneInfo(lives))
    assert (clock.minute, clock.second, clock.microsecond) == (0, 0, 0)
    assert clock.date() > at[0].astimezone(ZoneInfo(lives)).date()


def test_a_birthday_comes_at_midnight_whatever_the_clock_does():
    """The next birthday begins after the clocks of Berlin were put forward: one hour sooner than they show."""
    document = {"trait": "birthday", "op": "birthday_in", "value": 0}
    now = local(BERLIN, 2026, 3, 28, 20)
    moment = now
    for _ in range(3):
        holds, due = ask(document, moment, [], birthday="1990-03-30")
        assert not holds
        assert due is not None
        moment = due
        if ask(document, moment, [], birthday="1990-03-30")[0]:
            break
    assert moment == local(BERLIN, 2026, 3, 30, 0)
    assert not ask(document, moment - timedelta(microseconds=1), [], birthday="1990-03-30")[0]


def test_a_birthday_by_the_clock_of_the_customer():
    document = {"trait": "birthday", "op": "birthday_in", "value": 0, "local": True}
    now = datetime(2026, 3, 29, 20, tzinfo=UTC)
    assert ask(document, now, [], lives=ALMATY, birthday="1990-03-30")[0]
    assert not ask(document, now, [], lives=NEW_YORK, birthday="1990-03-30")[0]


def test_a_written_moment_is_on_the_clock_of_the_workspace():
    now = local(NEW_YORK, 2026, 3, 8, 12)
    on = {"trait": "seen", "op": "on", "value": "2026-03-08"}
    for text, holds in (
        ("2026-03-08", True),
        ("2026-03-08T23:59:59", True),
        ("2026-03-08T04:59:59Z", False),
        ("2026-03-08T05:00:00Z", True),
        ("2026-03-09T03:59:59Z", True),
        ("2026-03-09T04:00:00Z", False),
        ("2026-03-09T00:00:00+05:00", True),
    ):
        assert ask(on, now, [], zone=NEW_YORK, seen=text)[0] is holds, text
    hour = {"trait": "seen", "op": "hour", "value": 3}
    assert ask(hour, now, [], zone=NEW_YORK, seen="2026-03-08T07:00:00Z")[0]
    assert not ask(hour, now, [], zone=NEW_YORK, seen="2026-03-08T06:59:59Z")[0]


@pytest.mark.parametrize("zone", [BERLIN, ALMATY, NEW_YORK, "Africa/Casablanca", "Pacific/Apia", "UTC"])
def test_expressions_know_what_clocks_show(zone):
    steps = [datetime(2005, 1, 1, tzinfo=UTC) + timedelta(hours=53 * step, seconds=step) for step in range(5000)]
    edges = [
        datetime.fromtimestamp(change.at / 1e6, UTC) + timedelta(seconds=s) for change in changes(zone) for s in (-1, 0)
    ]
    moments = sorted(moment for moment in (*steps, *edges) if moment.year >= 2005)
    scope = Scope(zone=zone)
    frame = pl.DataFrame({"at": [micros(moment) for moment in moments]})
    expected = [shown(moment, zone) for moment in moments]
    assert frame.select(on_clock(pl.col("at"), scope))["at"].to_list() == expected
    back = pl.DataFrame({"at": expected}).select(off_clock(pl.col("at"), scope))["at"].to_list()
    clock = ZoneInfo(zone)
    naive = [moment.astimezone(clock).replace(tzinfo=None, fold=0) for moment in moments]
    assert back == [micros(one.replace(tzinfo=clock)) for one in naive]


def test_a_birthday_in_a_property_comes_round_on_the_clock_of_the_customer():
    where = [{"property": "birthday", "op": "birthday_in", "value": 0}]
    now = local(ALMATY, 2026, 3, 6, 1)
    workspace = Workspace(id=WorkspaceId(1), key="s", name="S", currency="EUR", zone=BERLIN, locale="en")
    compiled = compile_conditions({"it": parse_condition(ORDERED | {"where": where, "local": True})}, workspace)
    people = with_own_clock(pl.DataFrame({"subject": [1], ZONE: [ALMATY]}), now, BERLIN)
    events = pl.DataFrame({"subject": [1], "event": ["Order Completed"], "at": [now], "seq": [1]}).with_columns(
        pl.lit("1990-03-06").alias("birthday")
    )
    answer = compiled.evaluate(people, with_own_time(events.lazy(), people), now).row(0, named=True)
    assert (answer["it"], answer["due"]) == (True, local(ALMATY, 2026, 3, 7, 0))
