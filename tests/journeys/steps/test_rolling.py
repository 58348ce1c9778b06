"""A rolling window: in no span of its length more than so many, and nobody later than that asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from hourglass.journeys.runs.rolling import Rolling

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@given(st.integers(1, 250), st.lists(st.sampled_from([0, 0, 1, 7, 600, 4000]), min_size=1, max_size=400))
def test_in_no_span_more_than_so_many_and_nobody_waits_longer_than_that_asks(at_most, pauses):
    window = Rolling(at_most, HOUR)
    came = [NOON + timedelta(seconds=seconds) for seconds in accumulate(pauses)]
    turns: list[datetime] = []
    for at in came:
        turns.append(window.take(at))
        window = window.copy()
    grain = HOUR / 100 if at_most > 100 else timedelta()
    assert turns == sorted(turns)
    for i, turn in enumerate(turns):
        free = came[i] if i < at_most else max(came[i], turns[i - at_most] + HOUR)
        assert free <= turn <= free + grain * (1 + i // at_most)


def test_a_large_throttle_keeps_few_moments():
    window = Rolling(10_000, HOUR)
    for n in range(20_000):
        window.take(NOON + timedelta(seconds=n / 10))
    assert len(window.moments) < 300
    assert sum(window.counts) == 10_000
