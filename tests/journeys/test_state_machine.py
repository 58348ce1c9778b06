"""Whatever happens, in whatever order: no step twice, none left out without a reason, nobody stuck.

Random journeys get new versions while people act, clocks are changed, people turn out to be one or are erased, calls
are sent again, and ticks break off in the middle.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from hourglass import log
from hourglass.engine import Engine
from hourglass.journeys import read_journey
from hourglass.kernel import HourglassError, Malformed
from hourglass.postgres import Database, EmbeddedServer, connect, list_workspaces
from hourglass.profiles import erase
from tests.engine.shop import SHOP, TEMPLATE, Shop
from tests.journeys.walked import Walked, check

_numbers = count(1)
_PEOPLE = ("anna", "boris", "chloe")
_ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Almaty", "nowhere")
_EVENTS = ("Product Viewed", "Product Added", "Order Completed")
_SPANS = ("0m", "10m", "1h", "1d", "3d")
_CLOCKS = ("00:00", "02:30", "09:00", "23:59")
_BEGINNINGS = (datetime(2026, 3, 27, 20, tzinfo=UTC), datetime(2026, 10, 23, 20, tzinfo=UTC))
_JUMPS = tuple(timedelta(minutes=minutes) for minutes in (1, 30, 60, 90, 1440, 4320, 20000))
_VIP = {"trait": "vip", "op": "equals", "value": True}
_ORDERED = {"event": "Order Completed"}

spans, clocks, events = st.sampled_from(_SPANS), st.sampled_from(_CLOCKS), st.sampled_from(_EVENTS)


def _awaiting(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    wait = {"event": events, "timeout": st.sampled_from(_SPANS[1:]), "then": inner, "else": inner}
    return st.fixed_dictionaries({"wait": st.fixed_dictionaries(wait)})


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(inner, max_size=2)
    arm = st.fixed_dictionaries({"weight": st.integers(0, 3), "do": lists})
    repeat = {"times": st.integers(1, 3), "do": st.lists(inner, min_size=1, max_size=2)}
    return st.one_of(
        _awaiting(lists),
        st.fixed_dictionaries(
            {"branch": st.tuples(st.fixed_dictionaries({"when": st.just(_VIP), "do": lists})).map(list)}
        ),
        st.fixed_dictionaries({"split": st.lists(arm, min_size=2, max_size=3)}),
        st.fixed_dictionaries({"repeat": st.fixed_dictionaries(repeat, optional={"until": st.just(_ORDERED)})}),
    )


_plain = st.one_of(
    st.just({"send": {"channel": "email", "template": "hello"}}),
    st.fixed_dictionaries({"wait": spans}, optional={"jitter": st.just("5m")}),
    st.fixed_dictionaries({"wait": st.fixed_dictionaries({"until": clocks})}),
    st.just({"wait": {"weekdays": ["mon", "sun"], "between": ["02:30", "20:00"]}}),
    st.fixed_dictionaries(
        {"wait": st.fixed_dictionaries({"date": st.just("renewal"), "past": st.sampled_from(["exit", "go_on"])})}
    ),
    st.just({"goal": "half-way"}),
    st.just({"exit": "enough"}),
    st.just({"go": "back"}),
)
steps = st.lists(st.recursive(_plain, _nested, max_leaves=6), min_size=1, max_size=4)
documents = st.fixed_dictionaries(
    {
        "kind": st.just("journey"),
        "key": st.sampled_from(["one", "two"]),
        "entry": st.just({"event": "Product Added"}),
        "reentry": st.sampled_from(["once", "after_exit", {"after": "1d"}]),
        "steps": steps.map(lambda some: [{"id": "back", **some[0]}, *some[1:]]),
    },
    optional={
        "exit_when": st.sampled_from([_ORDERED, _VIP]),
        "goal": st.sampled_from([_ORDERED, {"when": _ORDERED, "leave": False}]),
        "correlate": st.just("cart_id"),
    },
)


class BreaksOff(Exception):
    """The process is gone in the middle of a tick."""


class Journeys(RuleBasedStateMachine):
    """A shop with two journeys and three people."""

    fresh: Callable[[], Database]

    def __init__(self) -> None:
        super().__init__()
        self.shop = Shop(self.fresh())
        self.shop.define(TEMPLATE)
        self.calls: list[dict[str, Any]] = []

    def teardown(self) -> None:
        self.shop.worker.close()
        self.shop.database.close()

    @initialize(begins=st.sampled_from(_BEGINNINGS), document=documents)
    def begin(self, begins: datetime, document: dict[str, Any]) -> None:
        self.shop.clock.advance(begins - self.shop.clock.now())
        self.define(document)

    @rule(document=documents)
    def define(self, document: dict[str, Any]) -> None:
        """A new journey, or a new version of one; what could run for ever is refused."""
        with suppress(Malformed):
            self.shop.define(document)

    @rule(who=st.sampled_from(_PEOPLE), event=events, cart=st.sampled_from(["c1", "c2"]), known=st.booleans())
    def act(self, who: str, event: str, cart: str, known: bool) -> None:
        number = len(self.calls)
        properties = {"cart_id": cart, "order_id": f"o{number}", "product_id": "tea"}
        name = {"userId": who} if known else {"anonymousId": f"device of {who}"}
        at = self.shop.clock.now().isoformat()
        self._tell({**name, "event": event, "properties": properties, "timestamp": at, "messageId": f"call {number}"})

    @rule(who=st.sampled_from(_PEOPLE), zone=st.sampled_from(_ZONES), vip=st.booleans(), day=st.integers(-3, 20))
    def introduce(self, who: str, zone: str, vip: bool, day: int) -> None:
        """Who somebody is; the visitor at their device was they."""
        renewal = (self.shop.clock.now() + timedelta(days=day)).date().isoformat()
        traits = {"timezone": zone, "vip": vip, "renewal": renewal}
        self._tell({"type": "identify", "userId": who, "anonymousId": f"device of {who}", "traits": traits})

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        if self.calls:
            self.shop.send(dict(data.draw(st.sampled_from(self.calls))))

    @rule(who=st.sampled_from(_PEOPLE))
    def erase(self, who: str) -> None:
        found = self.shop.rows("SELECT profile_id FROM identities WHERE kind = 'user_id' AND value = %s", who)
        if found:
            with suppress(HourglassError), self.shop.database.transaction() as tx:
                erase(tx, SHOP, found[0][0], self.shop.clock.now())

    @rule(span=st.sampled_from(_JUMPS))
    def pass_time(self, span: timedelta) -> None:
        self.shop.clock.advance(span)

    @rule()
    def break_off(self) -> None:
        """A tick does everything, and is gone before it is written."""
        with suppress(BreaksOff), self.shop.database.transaction() as tx:
            engine, now = Engine(), self.shop.clock.now()
            chunks = log.claim(tx, [0], 100)
            for workspace in list_workspaces(tx):
                engine.tick(tx, workspace, chunks, now, due=now)
            raise BreaksOff

    @rule()
    def work(self) -> None:
        while not self.shop.worker.once().idle:
            pass
        due = "SELECT id, step FROM journey_runs WHERE state = 'waiting' AND coalesce(wake_at, '-infinity') <= %s"
        assert self.shop.rows(due, self.shop.clock.now()) == [], "stuck"
        assert self.shop.rows("SELECT reason, detail FROM dead_letters") == []
        self._every_run_went_its_way()
        self._every_message_is_of_a_step()

    def _every_run_went_its_way(self) -> None:
        bodies = {
            (id_, version): body
            for id_, version, body in self.shop.rows(
                "SELECT d.id, v.version, v.body FROM definitions d "
                "JOIN definition_versions v USING (workspace_id, kind, key) WHERE d.kind = 'journey'"
            )
        }
        runs = self.shop.rows(
            "SELECT r.journey_id, r.version, r.step, r.state, r.end_reason, r.entry ->> 'message_id', ARRAY("
            "SELECT jsonb_build_array(s.step, s.outcome, s.detail) FROM run_steps s WHERE s.run_id = r.id "
            "ORDER BY s.at, s.ctid) FROM journey_runs r"
        )
        for journey, version, step, state, reason, _, notes in runs:
            walked = Walked(step=step, state=state, reason=reason, notes=[tuple(note) for note in notes])
            check(walked, read_journey(bodies[journey, version]))
        entries = [(run[0], run[5]) for run in runs]
        assert len(entries) == len(set(entries)), "one call let somebody in twice"

    def _every_message_is_of_a_step(self) -> None:
        queued = "SELECT run_id, count(*) FROM run_steps WHERE outcome = 'queued' GROUP BY 1 ORDER BY 1"
        sent = "SELECT run_id, count(*) FROM messages JOIN journey_runs r ON r.id = run_id GROUP BY 1 ORDER BY 1"
        assert self.shop.rows(queued) == self.shop.rows(sent)

    def _tell(self, call: dict[str, Any]) -> None:
        call.setdefault("messageId", f"call {len(self.calls)}")
        self.calls.append(call)
        self.shop.send(dict(call))


@pytest.fixture
def machine(server: EmbeddedServer, template: str) -> type[Journeys]:
    made: list[str] = []

    def fresh() -> Database:
        with connect(server.url) as connection:
            for name in made:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            made.clear()
            name = f"machine_{next(_numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
            made.append(name)
        return Database(server.url.replace("@/postgres?", f"@/{name}?"))

    return type("Machine", (Journeys,), {"fresh": staticmethod(fresh)})


def _run(machine: type[Journeys], examples: int) -> None:
    checks = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, stateful_step_count=30, deadline=None, suppress_health_check=checks),
    )


def test_journeys_keep_their_promises(machine: type[Journeys]) -> None:
    _run(machine, 25)


@pytest.mark.long
def test_journeys_keep_their_promises_for_long(machine: type[Journeys]) -> None:
    _run(machine, 5000)
