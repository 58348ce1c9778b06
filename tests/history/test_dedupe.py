"""A messageId counts once, in one batch, in many, and in two at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from hourglass.history import Repeated, only_new
from hourglass.postgres import Database
from tests.profiles.calls import SHOP, track

ONE, OTHER, THIRD = (track(minute, "u1") for minute in (1, 2, 3))


def test_a_repeat_is_left_out_and_the_order_stays(database: Database) -> None:
    with database.transaction() as tx:
        assert only_new(tx, SHOP, [OTHER, ONE, OTHER]) == [OTHER, ONE]
    with database.transaction() as tx:
        assert only_new(tx, SHOP, [THIRD, ONE, OTHER]) == [THIRD]
        assert only_new(tx, SHOP, [THIRD]) == []


def test_of_two_who_take_the_same_event_one_must_try_again(database: Database) -> None:
    def take() -> int:
        with database.transaction() as tx:
            return len(only_new(tx, SHOP, [ONE]))

    with ThreadPoolExecutor() as beside:
        with database.transaction() as tx:
            assert only_new(tx, SHOP, [ONE]) == [ONE]
            second = beside.submit(take)
            done, _ = wait([second], timeout=0.2)
            assert not done  # it waits for the fate of the first
        with pytest.raises(Repeated):
            second.result(timeout=10)
    assert take() == 0
