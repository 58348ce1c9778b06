from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from time import process_time
from typing import Any

import pytest
from psycopg import Connection

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.journeys import JOURNEY
from hourglass.messages import enqueue
from hourglass.messages.gate.gate import hear
from tests.messages.gate.cases import case, had
from tests.messages.gate.judging import hearing, judged
from tests.messages.shop import NOW, SHOP, Shop, days

HOUR = timedelta(hours=1)
SLOT: dict[str, Any] = {"slots": [{"key": "left", "journeys": ["cart", "browse"], "within": "1d"}]}


def journey(shop: Shop, key: str) -> int:
    document = {"kind": "journey", "key": key, "entry": {"event": "Product Viewed"}, "steps": [{"wait": "1h"}]}
    with shop.database.transaction() as tx:
        return definitions.put(tx, SHOP, document, kinds=Kinds([JOURNEY]), author="test", now=NOW).id


def answers(shop: Shop, id_: int) -> list[dict[str, Any]]:
    return shop.message(id_)["answers"]


def test_every_answer_is_kept_with_its_time_and_rule(shop: Shop) -> None:
    shop.policy(quiet={"email": {"from": "11:00", "until": "13:30"}})
    id_ = shop.queue(shop.person())
    assert hearing(shop) == {id_: "quiet_hours"}
    later = NOW + timedelta(hours=1.5)
    shop.run("UPDATE messages SET state = 'queued'")
    assert hearing(shop, later) == {id_: None}
    first, second = answers(shop, id_)
    assert (first["question"], first["reason"], first["until"]) == (
        "quiet_hours", "quiet_hours", later.isoformat().replace("+00:00", "Z"),
    )  # fmt: skip
    assert first["detail"] == "12:00 UTC · 11:00-13:30"
    assert first["passed"]["consent"] == "email · news · 2026-03-02 · test"
    assert second["passed"]["quiet_hours"] == "13:30 UTC · 11:00-13:30"
    assert "reason" not in second


def test_messages_of_one_batch_count_for_each_other(shop: Shop) -> None:
    anna = shop.person()
    ids = [shop.queue(anna) for _ in range(5)]
    assert list(hearing(shop).values()) == [None, None, None, "frequency_cap", "frequency_cap"]
    assert answers(shop, ids[3])[0]["detail"] == "3 / 3 / 7d"


def test_what_an_absorbed_profile_got_counts_too(shop: Shop) -> None:
    loser, winner = shop.person(), shop.person("b@customers.example")
    for _ in range(3):
        assert judged(shop, shop.queue(loser)) is None
    shop.run("UPDATE profiles SET merged_into = %(winner)s WHERE id = %(loser)s", winner=winner, loser=loser)
    assert judged(shop, shop.queue(winner)) == "frequency_cap"


def test_what_another_worker_holds_is_waited_for(shop: Shop) -> None:
    anna = shop.person()
    for _ in range(3):
        shop.queue(anna)
    hearing(shop)  # claimed by somebody who has not told yet what became of it
    last = shop.queue(anna)
    assert hearing(shop) == {last: "frequency_wait"}
    assert answers(shop, last)[0]["until"] == "2026-03-02T12:00:30Z"


def test_of_competing_journeys_the_strongest_gets_the_place(shop: Shop) -> None:
    shop.policy(**SLOT)
    cart, browse = journey(shop, "cart"), journey(shop, "browse")
    anna = shop.person()
    weak = shop.queue(anna, journey_id=browse)
    strong = shop.queue(anna, journey_id=cart)
    assert hearing(shop) == {strong: None, weak: "slot_taken"}
    assert answers(shop, weak)[0]["detail"] == "left: cart"


def test_a_run_that_will_write_soon_keeps_weaker_journeys_away(shop: Shop) -> None:
    shop.policy(**SLOT)
    cart, browse = journey(shop, "cart"), journey(shop, "browse")
    anna, ben = shop.person(), shop.person("ben@customers.example")
    for person, wait in ((anna, HOUR), (ben, days(3))):
        shop.run(
            "INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, wake_at, entered_at,"
            " entry_seq) VALUES (1, %(journey)s, 1, %(person)s, 'steps[0]', 'waiting', %(at)s, %(at)s, 1)",
            journey=cart, person=person, at=NOW + wait,
        )  # fmt: skip
    hers, his = shop.queue(anna, journey_id=browse), shop.queue(ben, journey_id=browse)
    assert hearing(shop) == {hers: "slot_taken", his: None}


def test_a_pause_and_a_wish_for_fewer_go_with_the_person(shop: Shop) -> None:
    anna, ben = shop.person(), shop.person("ben@customers.example")
    shop.run(
        "INSERT INTO wishes (workspace_id, identity_id, wish, until, at, source)"
        " SELECT 1, id, CASE WHEN profile_id = %(anna)s THEN 'pause' ELSE 'fewer' END,"
        "   CASE WHEN profile_id = %(anna)s THEN %(until)s ELSE '9999-01-01'::timestamptz END, %(now)s, 'test'"
        " FROM identities",
        anna=anna, until=NOW + days(30), now=NOW,
    )  # fmt: skip
    assert judged(shop, shop.queue(anna)) == "paused"
    assert judged(shop, shop.queue(ben)) is None
    assert judged(shop, shop.queue(ben)) == "asked_for_fewer"
    after = NOW + days(31)
    assert judged(shop, shop.queue(anna, created_at=after), after) is None


def test_a_budget_is_spent_once_by_each_message_and_opens_with_the_next_period(shop: Shop) -> None:
    shop.policy(caps=[], budgets=[{"key": "mail", "channel": "email", "messages": 2, "per": "day", "else": "wait"}])
    people = [shop.person(f"p{n}@customers.example") for n in range(4)]
    ids = [shop.queue(person) for person in people]
    assert list(hearing(shop).values()) == [None, None, "budget_wait", "budget_wait"]
    assert answers(shop, ids[2])[0]["until"] == "2026-03-03T00:00:00Z"
    shop.run("UPDATE messages SET state = 'queued'")  # the provider asked to come back: the two stay paid
    assert set(hearing(shop).values()) == {None, "budget_wait"}
    assert shop.run("SELECT used FROM budget_use") == [(2,)]
    shop.run("UPDATE messages SET state = 'queued' WHERE id = ANY(%(ids)s)", ids=ids[2:])
    assert set(hearing(shop, NOW + days(1)).values()) == {None}
    assert shop.run("SELECT used FROM budget_use ORDER BY period") == [(2,), (2,)]


def test_a_budget_of_money_is_spent_by_what_each_message_promises(shop: Shop) -> None:
    budget = {"key": "spring", "amount": 25, "cost": "event.discount", "per": "ever"}
    shop.policy(caps=[], budgets=[budget])
    for number, discount in enumerate((10, 12.5, 5, "2.50", None)):
        shop.queue(shop.person(f"p{number}@customers.example"), facts={"properties": {"discount": discount}})
    assert list(hearing(shop).values()) == [None, None, "budget_spent", None, None]
    assert shop.run("SELECT used FROM budget_use") == [(2500,)]


def test_the_answer_says_what_is_left_of_the_money(shop: Shop) -> None:
    shop.policy(caps=[], budgets=[{"key": "sms", "amount": 10, "cost": 4}])
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(3)]
    hearing(shop)
    told = [answers(shop, id_)[0] for id_ in ids]
    assert [one["passed"].get("budget") for one in told] == ["sms: 10.00 / 10.00", "sms: 6.00 / 10.00", None]
    assert (told[2]["reason"], told[2]["detail"]) == ("budget_spent", "sms: 10.00 / month")


def test_who_asked_for_a_yes_and_has_not_confirmed_it_is_told_apart(shop: Shop) -> None:
    anna = shop.person(consent=None)
    shop.run(
        "INSERT INTO consent_requests (workspace_id, identity_id, channel, topic, at, expires_at, source)"
        " SELECT 1, id, 'email', 'news', %(now)s, %(until)s, 'form' FROM identities WHERE profile_id = %(anna)s",
        anna=anna, now=NOW, until=NOW + days(1),
    )  # fmt: skip
    assert judged(shop, shop.queue(anna)) == "consent_unconfirmed"
    assert judged(shop, shop.queue(anna, created_at=NOW + days(2)), NOW + days(2)) == "no_consent"


@pytest.mark.parametrize("many", [10, 1000])
def test_a_batch_costs_a_constant_number_of_statements(shop: Shop, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.policy(
        **SLOT, budgets=[{"key": "mail", "messages": 10_000}], fewer={"messages": 1, "per": "person"}
    )  # everything that can be asked is asked
    cart = journey(shop, "cart")
    rows = [
        shop.row(person, journey_id=cart)
        for (person,) in shop.run(
            "INSERT INTO profiles (workspace_id, known, email, first_seen_at, last_seen_at)"
            " SELECT 1, true, 'p' || n || '@domain' || mod(n, 50) || '.com', %(now)s, %(now)s"
            " FROM generate_series(1, %(many)s) n RETURNING id",
            now=NOW, many=many,
        )
    ]  # fmt: skip
    shop.run("INSERT INTO consents (workspace_id, profile_id, channel, topic, granted, at, source)"
             " SELECT 1, id, 'email', 'news', true, %(now)s, 'test' FROM profiles", now=NOW)  # fmt: skip
    with shop.database.transaction() as tx:
        enqueue(tx, rows)
    statements: list[Any] = []
    execute = Connection.execute

    def counted(self: Connection, *args: Any, **options: Any) -> Any:
        statements.append(args[0])
        return execute(self, *args, **options)

    monkeypatch.setattr(Connection, "execute", counted)
    assert list(hearing(shop).values()) == [None] * many
    assert len(statements) < 32


def test_the_pure_part_hears_thousands_a_second() -> None:
    one = case(
        had=had(*[NOW - days(n) for n in range(2)]), rules={"quiet": {"email": {"from": "21:00", "until": "09:00"}}}
    )
    began = process_time()
    for _ in range(2000):
        assert hear(one, datetime(2026, 3, 2, 12, tzinfo=NOW.tzinfo)).reason is None
    assert process_time() - began < 0.5


def test_two_workers_at_once_never_let_more_pass_than_one(shop: Shop) -> None:
    anna = shop.person()
    for _ in range(8):
        shop.queue(anna)
    start = Barrier(4)

    def work(number: int) -> list[str | None]:
        start.wait()
        return list(hearing(shop, worker=number, limit=2).values())

    with ThreadPoolExecutor(4) as pool:
        answers = [answer for some in pool.map(work, range(1, 5)) for answer in some]
    assert len(answers) == 8
    assert answers.count(None) in (2, 3)
    assert set(answers) <= {None, "frequency_cap", "frequency_wait"}
