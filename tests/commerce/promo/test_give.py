"""Codes are given away: each to one person at most, and only while they are good."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from hourglass.commerce import Taker, Validity, add_codes, codes_in, codes_of, give, promo_pools, revoke_codes
from hourglass.kernel import Malformed, NotFound
from hourglass.postgres import find_workspace
from tests.engine.shop import SHOP, START

DAY = timedelta(days=1)
EVENING = START.replace(hour=23, minute=59, second=59)
PEOPLE = count(1)


def fill(shop, *codes, **validity):
    with shop.database.transaction() as tx:
        return add_codes(tx, SHOP, "summer", codes, START, Validity(**validity))


def draw(shop, people=1, after=timedelta(), **more):
    takers = [Taker(run_id=one, visit="steps[0]", profile_id=one) for one in (next(PEOPLE) for _ in range(people))]
    with shop.database.transaction() as tx:
        return give(tx, find_workspace(tx), "summer", takers, START + after, **more)


def codes(shop, people=1, after=timedelta(), **more):
    return [one and (one.code, one.expires_at) for one in draw(shop, people, after, **more).codes]


def test_workers_at_the_same_time_never_give_the_same_code_twice(shop):
    fill(shop, *(f"C{n:03}" for n in range(200)))
    with ThreadPoolExecutor(4) as pool:
        given = [one for part in pool.map(lambda _: codes(shop, 10), range(20)) for one in part]
    assert len(set(given) - {None}) == 200


def test_codes_that_end_first_go_first_and_none_goes_that_is_not_good(shop):
    fill(shop, "ALWAYS")
    fill(shop, "LATE", valid_until=START + 9 * DAY)
    fill(shop, "SOON", valid_until=START + 2 * DAY)
    fill(shop, "COMING", valid_from=START + 3 * DAY)
    assert codes(shop) == [("SOON", START + 2 * DAY)]
    assert codes(shop, 3) == [("LATE", START + 9 * DAY), ("ALWAYS", None), None]
    fill(shop, "OVER", valid_until=START + DAY)
    assert codes(shop, 2, after=3 * DAY) == [("COMING", None), None]


def test_a_code_ends_by_whichever_of_its_terms_comes_first(shop):
    fill(shop, "A", "B", "C", valid_until=START + 20 * DAY, valid_for="14d")
    assert codes(shop) == [("A", EVENING + 14 * DAY)]
    assert codes(shop, good_for=3 * DAY) == [("B", EVENING + 3 * DAY)]
    assert codes(shop, after=10 * DAY) == [("C", START + 20 * DAY)]


def test_whole_days_end_where_the_shop_is_and_hours_end_to_the_minute(shop):
    fill(shop, "A", "B")
    with shop.database.transaction() as tx:
        tx.execute("UPDATE workspaces SET zone = 'Asia/Almaty'")
    last = datetime(2026, 3, 3, 23, 59, 59, tzinfo=ZoneInfo("Asia/Almaty"))
    assert codes(shop, good_for=2 * DAY) == [("A", last)]
    assert codes(shop, good_for=timedelta(hours=36)) == [("B", START + timedelta(hours=36))]


def test_low_is_when_no_more_than_a_tenth_is_left(shop):
    fill(shop, *(f"C{n:02}" for n in range(20)))
    assert draw(shop, 17).supply == "enough"
    assert draw(shop).supply == "low"
    assert draw(shop, 3).supply == "empty"


def test_withdrawn_codes_are_given_to_nobody_and_counted(shop):
    fill(shop, "A", "B", "C")
    with shop.database.transaction() as tx:
        assert revoke_codes(tx, SHOP, "summer", ["A"], START) == 1
    assert codes(shop) == [("B", None)]
    with shop.database.transaction() as tx:
        assert revoke_codes(tx, SHOP, "summer", None, START) == 2
        [pool] = promo_pools(tx, SHOP, START)
        assert (pool.left, pool.given, pool.revoked) == (0, 1, 3)
        with pytest.raises(NotFound, match="no code “D” in “summer”"):
            revoke_codes(tx, SHOP, "summer", ["A", "D"], START)
        with pytest.raises(NotFound, match="no pool “winter”"):
            revoke_codes(tx, SHOP, "winter", None, START)


def test_a_list_that_could_never_be_good_is_refused(shop):
    with pytest.raises(Malformed, match="in the past"):
        fill(shop, "A", valid_until=START)
    with pytest.raises(Malformed, match="after `valid_from`"):
        fill(shop, "A", valid_from=START + 2 * DAY, valid_until=START + DAY)
    with pytest.raises(Malformed, match="a span like 14d"):
        fill(shop, "A", valid_for="0d")


def test_a_code_that_is_in_the_pool_already_is_counted_and_stays(shop):
    assert (fill(shop, "A", "B").added, fill(shop, "B", " C ", "", valid_for="1d").known) == (2, 1)
    with shop.database.transaction() as tx:
        assert [one.code for one in codes_of(tx, SHOP, "summer")] == ["A", "B", "C"]


def test_codes_are_read_from_lines_and_from_tables():
    assert list(codes_in('\ufeffA\n\n"B";10 %\nC,20\nD\t30\n')) == ["A", "B", "C", "D"]
