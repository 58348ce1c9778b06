"""Promo codes: each to one person at most, on real ticks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count

from hourglass.journeys import add_codes, codes_in, promo_pools
from hourglass.journeys.effects.alerts import list_alerts
from hourglass.journeys.effects.promo import draw
from hourglass.journeys.steps import Run
from hourglass.kernel import ProfileId, RunId
from tests.engine.shop import SHOP, START
from tests.journeys.effects.asking import broken_once, journey, viewed

PROMO = {"promo": {"pool": "summer", "into": "gift"}}
TELL = {"emit": {"event": "Given", "properties": {"code": "{{ steps.gift }}"}}}


def fill(shop, *codes):
    with shop.database.transaction() as tx:
        return add_codes(tx, SHOP, "summer", codes, shop.clock.now())


def pools(shop):
    with shop.database.transaction() as tx:
        return [(one.pool, one.left, one.given) for one in promo_pools(tx, SHOP)]


def given(shop):
    return shop.rows(
        "SELECT properties->>'code' FROM events e JOIN event_names n ON n.id = e.name_id "
        "WHERE n.name = 'Given' ORDER BY 1"
    )


def test_everybody_gets_a_code_of_their_own_that_later_steps_know(shop):
    fill(shop, "A", "B", "C")
    shop.define(journey(PROMO, TELL))
    shop.send(viewed(), viewed("boris"))
    shop.tick()
    assert given(shop) == [("A",), ("B",)]
    assert pools(shop) == [("summer", 1, 2)]


def test_messages_carry_the_code(shop):
    fill(shop, "A")
    shop.define(
        {"kind": "template", "key": "gift", "name": "Gift", "channel": "email", "subject": "{{ steps.gift }}",
         "html": "<p>{{ steps.gift }}</p>"},
        journey(PROMO, {"send": {"channel": "email", "template": "gift"}}),
    )  # fmt: skip
    shop.send(viewed())
    shop.tick()
    assert shop.rows("SELECT facts->'steps'->>'gift' FROM messages") == [("A",)]


def test_an_empty_pool_lets_people_leave_and_says_so_in_their_language(shop):
    fill(shop, "A")
    shop.define(journey(PROMO, TELL))
    shop.send(viewed(), viewed("boris"))
    shop.tick()
    assert sorted(reason or "" for _, _, reason, _ in shop.runs()) == ["", "no_codes_left"]
    with shop.database.transaction() as tx:
        (alert,) = list_alerts(tx, SHOP, 10)
    assert alert.words == {
        "en": "No promo codes are left in “summer”.",
        "ru": "В пуле «summer» закончились промокоды.",
    }


def test_where_the_journey_says_so_people_go_on_without_a_code(shop):
    shop.define(journey({"promo": {**PROMO["promo"], "empty": "go_on"}}, TELL))
    shop.send(viewed())
    shop.tick()
    assert given(shop) == [(None,)]


def test_a_tick_that_is_rolled_back_gave_nothing_away(shop, monkeypatch):
    fill(shop, "A", "B")
    shop.define(journey(PROMO, TELL))
    shop.send(viewed())
    with broken_once(shop, monkeypatch):
        shop.tick()
    assert given(shop) == [("A",)]
    assert pools(shop) == [("summer", 1, 1)]


def test_workers_at_the_same_time_never_give_the_same_code_twice(shop):
    fill(shop, *(f"C{n:03}" for n in range(200)))
    ids = count(1)

    def some(_):
        runs = [_run(next(ids)) for _ in range(10)]
        with shop.database.transaction() as tx:
            return draw(tx, SHOP, "summer", runs, shop.clock.now())

    with ThreadPoolExecutor(4) as pool:
        codes = [code for part in pool.map(some, range(20)) for code in part]
    assert None not in codes
    assert len(set(codes)) == 200


def test_a_code_that_is_in_the_pool_already_is_counted_and_stays(shop):
    assert (fill(shop, "A", "B").added, fill(shop, "B", " C ", "").known) == (2, 1)
    assert pools(shop) == [("summer", 3, 0)]


def test_codes_are_read_from_lines_and_from_tables():
    assert list(codes_in('\ufeffA\n\n"B";10 %\nC,20\nD\t30\n')) == ["A", "B", "C", "D"]


def _run(id_: int) -> Run:
    return Run(
        id=RunId(id_), journey_id=1, version=1, profile_id=ProfileId(1), correlation="", step="steps[0]", moment=START,
        entered_at=START, entry_seq=1, entry={},
    )  # fmt: skip
