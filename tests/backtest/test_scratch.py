"""The scratch of a backtest leaves nothing behind, however it ends."""

from __future__ import annotations

import pytest

from hourglass.backtest.scratch.scratch import scratch, sweep
from hourglass.postgres import connect
from tests.waiting import until


def names(url):
    with connect(url) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'hourglass_backtest_%'").fetchall()
    return {row[0] for row in found}


def test_it_is_gone_afterwards(database):
    before = names(database.url)
    with scratch(database.url) as inside, inside.transaction() as tx:
        assert tx.execute("SELECT count(*) FROM profiles").fetchone() == (0,)
        assert len(names(database.url) - before) == 1
    assert names(database.url) <= before


def test_it_is_gone_when_the_work_in_it_fails(database):
    before = names(database.url)
    with pytest.raises(ZeroDivisionError), scratch(database.url):
        _ = 1 / 0
    assert names(database.url) <= before


def test_what_a_crash_left_is_swept_and_nothing_else(database):
    left, fresh = "hourglass_backtest_20200101000000_abcdef", "hourglass_backtest_29990101000000_abcdef"
    with connect(database.url) as server:
        for name in (left, fresh):
            server.execute(f"CREATE DATABASE {name}".encode())
        try:
            with connect(database.url.replace(database.url.split("@/")[1].split("?")[0], left)):
                assert left not in sweep(server), "somebody is in it"
            until(lambda: left in sweep(server))  # its guest takes a moment to leave
            assert names(database.url) >= {fresh}
        finally:
            server.execute(f"DROP DATABASE {fresh}".encode())
