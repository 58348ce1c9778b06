from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hourglass.messages.policy.cap import NEVER, Cap, Had

START = datetime(2026, 3, 1, tzinfo=UTC)
minutes = st.integers(0, 20_000).map(lambda number: START + timedelta(minutes=number))


def had(at: datetime) -> Had:
    return Had(at=at, channel="email", topic="news")


@given(st.lists(minutes, max_size=60), st.integers(0, 5), st.sampled_from(["30m", "1d", "7d"]))
def test_no_window_ever_holds_more_than_the_cap(moments: list[datetime], most: int, within: str) -> None:
    cap, sent = Cap(messages=most, within=within), list[Had]()
    for now in sorted(moments):
        if cap.free_at(cap.counted(sent, "email", now)) is None:
            sent.append(had(now))
    window = {"30m": timedelta(minutes=30), "1d": timedelta(days=1), "7d": timedelta(days=7)}[within]
    for one in sent:
        assert sum(one.at - window < other.at <= one.at for other in sent) <= most


@given(st.lists(minutes, min_size=1, max_size=40), st.integers(1, 5))
def test_the_moment_it_names_is_the_first_with_room(moments: list[datetime], most: int) -> None:
    cap, sent, now = Cap(messages=most, within="1d"), [had(at) for at in moments], max(moments)
    free = cap.free_at(cap.counted(sent, "email", now))
    if free is None:
        assert len(cap.counted(sent, "email", now)) < most
        return
    assert free > now
    assert len(cap.counted(sent, "email", free)) < most
    assert len(cap.counted(sent, "email", free - timedelta(microseconds=1))) >= most


def test_a_cap_of_none_never_has_room() -> None:
    assert Cap(messages=0).free_at([]) == NEVER
