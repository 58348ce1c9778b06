"""People put into a journey by a program or by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hourglass.journeys import Guest, Invitation, enter, pause, resume
from hourglass.journeys.api import JourneysController
from hourglass.kernel import Conflict, Malformed
from hourglass.postgres import list_workspaces
from tests.engine.shop import SHOP, TEMPLATE, Shop
from tests.web.admin.asking import asking

GIFT = {"kind": "journey", "key": "gift", "entry": {"api": True}, "steps": [{"send": {"channel": "email",
        "template": "hello"}}]}  # fmt: skip


def people(shop: Shop, *names: str) -> None:
    """They are known; nothing of what they did lets anybody in."""
    shop.send(*({"type": "identify", "userId": name, "traits": {"email": f"{name}@example.com"}} for name in names))
    shop.tick()


def call(shop: Shop, *guests: Guest, key: str = "gift", **facts: Any) -> Any:
    with shop.database.transaction() as tx:
        return enter(tx, list_workspaces(tx)[0], key, Invitation(people=list(guests), facts=facts), shop.clock.now())


def entered(shop: Shop, key: str = "gift") -> list[tuple[Any, ...]]:
    """(user, correlation, what the entry says) of each run."""
    return shop.rows(
        "SELECT i.value, r.correlation, r.entry->'properties' FROM journey_runs r "
        "JOIN definitions d ON d.id = r.journey_id "
        "JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id' WHERE d.key = %s ORDER BY r.id", key,
    )  # fmt: skip


def test_those_called_enter_with_their_facts_and_get_the_message(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT)
    people(shop, "anna", "boris")
    done = call(shop, Guest(user_id="anna", facts={"gift": "tea"}), Guest(email="BORIS@example.com"), city="Almaty")
    assert (done.waiting, done.unknown) == (2, [])
    shop.tick()
    assert entered(shop) == [("anna", "", {"city": "Almaty", "gift": "tea"}), ("boris", "", {"city": "Almaty"})]
    assert [one[:2] for one in shop.messages()] == [("hello", "queued")] * 2
    assert shop.rows("SELECT count(*) FROM journey_entrants") == [(0,)]


def test_nobody_is_let_in_twice_by_two_calls_where_the_journey_says_once(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT | {"reentry": "once"})
    people(shop, "anna")
    for _ in range(2):
        call(shop, Guest(user_id="anna"), Guest(user_id="anna"))
        shop.tick()
    assert len(shop.runs()) == 1


def test_runs_of_one_person_go_side_by_side_by_their_keys(shop: Shop) -> None:
    waiting = GIFT | {"correlate": "booking", "steps": [{"wait": "1d"}, *GIFT["steps"]]}
    shop.define(TEMPLATE, waiting)
    people(shop, "anna")
    call(shop, *(Guest(user_id="anna", facts={"booking": n}) for n in (7, 8, 7)), Guest(user_id="anna", key="9"))
    shop.tick()
    assert sorted(one[1] for one in entered(shop)) == ["7", "8", "9"]


def test_parallel_runs_need_no_key(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT | {"reentry": "parallel", "steps": [{"wait": "1d"}, *GIFT["steps"]]})
    people(shop, "anna")
    call(shop, Guest(user_id="anna"), Guest(user_id="anna"))
    shop.tick()
    assert [one[1] for one in shop.runs()] == ["waiting", "waiting"]


def test_a_purchase_after_the_call_ends_the_run_and_one_before_does_not(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT | {"exit_when": {"event": "Order Completed"}, "steps": [{"wait": "1h"}, *GIFT["steps"]]})
    people(shop, "anna", "boris")
    shop.send({"event": "Order Completed", "userId": "anna", "properties": {"order_id": "1"}})
    shop.tick()
    call(shop, Guest(user_id="anna"), Guest(user_id="boris"))
    shop.send({"event": "Order Completed", "userId": "boris", "properties": {"order_id": "2"}})
    shop.tick()
    shop.tick(timedelta(hours=2))
    states = shop.rows(
        "SELECT i.value, r.state FROM journey_runs r JOIN identities i USING (profile_id) "
        "WHERE kind = 'user_id' ORDER BY 1"
    )
    assert states == [("anna", "finished"), ("boris", "exited")]


def test_a_throttle_lets_so_many_in_an_hour(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT | {"entry": {"api": True, "throttle": "2/h"}})
    people(shop, *(f"u{n}" for n in range(6)))
    call(shop, *(Guest(user_id=f"u{n}") for n in range(4)))
    shop.tick()
    assert len(shop.runs()) == 1
    call(shop, Guest(user_id="u4"), Guest(user_id="u5"))
    counts: list[int] = []
    for _ in range(6):
        shop.tick(timedelta(minutes=30))
        counts.append(len(shop.runs()))
    assert counts == [2, 3, 4, 5, 6, 6]


def test_a_throttle_holds_for_events_too(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT | {"entry": {"event": "Signed Up", "throttle": "1/h"}})
    shop.send(*({"event": "Signed Up", "userId": f"u{n}"} for n in range(3)))
    shop.tick()
    assert len(shop.runs()) == 1
    shop.tick(timedelta(hours=1))
    assert len(shop.runs()) == 2


def test_a_long_queue_before_one_journey_delays_nobody_at_another(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT, GIFT | {"key": "other", "entry": {"manual": True}})
    people(shop, "anna")
    shop.rows(
        "INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, correlation, not_before, at, seq, source, "
        "facts) SELECT 1, d.id, 1, n::text, %s, %s, 0, 'call', '{\"event\": \"x\"}' FROM definitions d, "
        "generate_series(1, 9000) n "
        "WHERE d.key = 'gift' RETURNING 1", shop.clock.now(), shop.clock.now(),
    )  # fmt: skip
    call(shop, Guest(user_id="anna"), key="other")
    report = shop.worker.once()
    assert report.at_doors == 2001
    assert len(entered(shop, "other")) == 1


def test_who_is_merged_while_waiting_enters_as_the_person_they_are(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT)
    shop.send({"event": "Page Viewed", "anonymousId": "a1"})
    shop.tick()
    people(shop, "anna")
    with shop.database.transaction() as tx:
        enter(tx, list_workspaces(tx)[0], "gift", Invitation(people=[Guest(anonymous_id="a1")]), shop.clock.now())
        tx.execute(b"UPDATE journey_entrants SET not_before = not_before + interval '1 hour'")
    shop.send({"type": "identify", "userId": "anna", "anonymousId": "a1"})
    shop.tick()
    shop.tick(timedelta(hours=2))
    assert [one[0] for one in entered(shop)] == ["anna"]


def test_who_was_merged_while_being_queued_enters_as_the_person_they_are_now(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT)
    people(shop, "anna")
    shop.send({"event": "Page Viewed", "anonymousId": "a1"})
    shop.tick()
    (visitor,) = (row[0] for row in shop.rows("SELECT profile_id FROM identities WHERE value = 'a1'"))
    shop.send({"type": "identify", "userId": "anna", "anonymousId": "a1"})
    shop.tick()
    for profile_id in (visitor, 12345):
        shop.rows(
            "INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, not_before, at, seq, source, facts) "
            "SELECT 1, d.id, %s, %s, %s, 0, 'call', '{\"event\": \"x\"}' FROM definitions d WHERE d.key = 'gift' "
            "RETURNING 1", profile_id, shop.clock.now(), shop.clock.now(),
        )  # fmt: skip
    shop.tick()
    assert [one[0] for one in entered(shop)] == ["anna"]
    assert len(shop.runs()) == 1
    assert shop.rows("SELECT count(*) FROM journey_entrants") == [(0,)]


def test_nobody_enters_a_paused_journey_and_those_inside_stand_still(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT | {"steps": [{"wait": "1h"}, *GIFT["steps"]]})
    people(shop, "anna", "boris")
    call(shop, Guest(user_id="anna"))
    shop.tick()
    with shop.database.transaction() as tx:
        assert pause(tx, SHOP, "gift", shop.clock.now()).state == "paused"
    shop.tick(timedelta(hours=2))
    assert [one[1] for one in shop.runs()] == ["waiting"]
    with pytest.raises(Conflict, match="is paused"):
        call(shop, Guest(user_id="boris"))
    with shop.database.transaction() as tx:
        resume(tx, SHOP, "gift", shop.clock.now())
    shop.tick()
    assert [one[1] for one in shop.runs()] == ["finished"]


@pytest.mark.parametrize("guest", [Guest(), Guest(id=1, user_id="anna")])
def test_a_guest_has_one_name(shop: Shop, guest: Guest) -> None:
    shop.define(TEMPLATE, GIFT)
    with pytest.raises(Malformed) as refused:
        call(shop, Guest(id=1), guest)
    assert refused.value.path == "people[1]"


def test_over_http_the_unknown_are_told_by_their_place(shop: Shop) -> None:
    shop.define(TEMPLATE, GIFT)
    people(shop, "anna")
    body = {"people": [{"user_id": "anna"}, {"user_id": "nobody"}, {"email": "no mail"}, {"id": 99}], "facts": {"n": 1}}
    with asking(shop.database, [JourneysController], clock=shop.clock) as client:
        answer = client.post("/api/journeys/gift/enter", json=body).json()
        assert answer["waiting"] == 1
        assert [(one["place"], one["reason"]) for one in answer["unknown"]] == [
            ("people[1]", "unknown"), ("people[2]", "not_an_email"), ("people[3]", "no_such_person"),
        ]  # fmt: skip
        assert client.post("/api/journeys/none/enter", json=body).status_code == 404
        assert client.post("/api/journeys/gift/pause").json()["state"] == "paused"
        assert client.post("/api/journeys/gift/enter", json=body).status_code == 409
        assert client.post("/api/journeys/gift/resume").json()["state"] == "live"
        assert client.post("/api/journeys/gift/archive").json()["state"] == "archived"
    shop.tick()
