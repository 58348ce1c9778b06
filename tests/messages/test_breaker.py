"""When a provider is left alone, and how it is tried again."""

from __future__ import annotations

from hourglass.messages.delivery.breaker import Breaker


def test_away_it_rests_and_then_one_message_finds_out() -> None:
    breaker = Breaker()
    assert breaker.admits(0)
    assert breaker.away("no route", 0)
    assert not breaker.admits(0.9)
    assert breaker.admits(1.1)
    assert (breaker.state, breaker.admits(1.1)) == ("probing", False)
    assert breaker.answered(refused=False, now=1.2)
    assert breaker.state == "closed"
    assert breaker.admits(1.2)


def test_each_rest_is_twice_as_long_up_to_a_minute() -> None:
    breaker, now, rests = Breaker(), 0.0, list[float]()
    for _ in range(9):
        breaker.away("no route", now)
        rests.append(breaker.seconds(now))
        now += rests[-1]
        assert breaker.admits(now)
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_those_that_fail_together_count_once() -> None:
    breaker = Breaker()
    assert [breaker.away("no route", now) for now in (0, 0.1, 0.2)] == [True, False, False]
    assert breaker.seconds(0.2) == 0.8


def test_a_probe_that_never_left_is_followed_by_another() -> None:
    breaker = Breaker()
    breaker.away("no route", 0)
    assert breaker.admits(2)
    breaker.back()
    assert breaker.admits(2)


def test_one_that_asks_everybody_to_come_later_is_as_good_as_away() -> None:
    breaker = Breaker()
    assert not any(breaker.answered(refused=True, now=0) for _ in range(49))
    breaker.answered(refused=False, now=0)
    assert not any(breaker.answered(refused=True, now=0) for _ in range(49))
    assert breaker.answered(refused=True, now=0)
    assert breaker.rests(0.5)


def test_a_provider_that_says_how_long_is_left_alone_so_long() -> None:
    breaker = Breaker()
    breaker.away("too many", 0, asked=30)
    assert breaker.seconds(0) == 30
    assert breaker.away("too many", 1, asked=60)
    assert not breaker.away("no route", 2)
    assert (breaker.seconds(1), breaker.room(60), breaker.room(61)) == (60, 0, 1)
    assert breaker.admits(61)
    breaker.away("no route", 62, asked=0.1)
    assert breaker.seconds(62) == 2
    breaker.away("for a week", 64, asked=604_800)
    assert breaker.seconds(64) == 3600
