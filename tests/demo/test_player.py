"""The player sends what is due, once, in order; and goes on from where it was."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from hourglass.demo.player import Player
from hourglass.demo.story import Story
from hourglass.kernel import Anchor, DemoClock, FixedClock

RATE = 3600.0


class Stage:
    """A player with a clock that moves only while it waits; everything it does is written down."""

    def __init__(self, story: Story, shown: datetime) -> None:
        self.real = FixedClock(story.end)
        self.sent: list[dict] = []
        self.batches: list[int] = []
        self.kept: list[tuple[int, datetime]] = []
        self.waits: list[float] = []
        self.patience = 10_000
        self.clock = DemoClock(Anchor(real=story.end, shown=shown, rate=RATE), self.real)
        self.player = Player(story, self.clock, self.send, self.keep, self.pause)

    async def send(self, body: bytes) -> None:
        batch = msgspec.json.decode(body)["batch"]
        assert 0 < len(batch) <= 100
        assert len(body) < 500_000
        assert max(datetime.fromisoformat(event["timestamp"]) for event in batch) <= self.clock.now()
        self.batches.append(len(batch))
        self.sent += batch

    async def keep(self, position: int, shown: datetime) -> None:
        self.kept.append((position, shown))

    async def pause(self, seconds: float) -> None:
        self.patience -= 1
        if not self.patience:
            raise KeyboardInterrupt
        self.waits.append(seconds)
        self.real.advance(timedelta(seconds=seconds))


async def test_everything_up_to_the_present_is_sent_once_and_in_order(hour: Story) -> None:
    stage = Stage(hour, hour.at(hour.live[0]))
    position = await stage.player.play(0, until_caught_up=True)
    due = [hour.told(moment) for moment in hour.live if hour.at(moment) <= stage.clock.now()]
    assert stage.sent == due
    assert position == len(due) < len(hour.live)
    assert stage.kept[-1][0] == position


async def test_an_hour_takes_a_second_at_that_rate(hour: Story) -> None:
    stage = Stage(hour, hour.end - timedelta(hours=1))
    await stage.player.play(0, until_caught_up=True)
    assert timedelta(seconds=0.9) < stage.real.now() - hour.end < timedelta(seconds=1.5)


async def test_at_the_present_time_passes_as_in_life(hour: Story) -> None:
    stage = Stage(hour, hour.end)
    stage.patience = 20
    with pytest.raises(KeyboardInterrupt):
        await stage.player.play(0)
    assert max(stage.waits) == 2.0
    assert all(datetime.fromisoformat(event["timestamp"]) <= stage.real.now() for event in stage.sent)


async def test_a_stop_loses_and_repeats_nothing(hour: Story) -> None:
    first = Stage(hour, hour.at(hour.live[0]))
    first.patience = 5
    with pytest.raises(KeyboardInterrupt):
        await first.player.play(0, until_caught_up=True)
    position, shown = first.kept[-1]
    second = Stage(hour, shown)
    second.real.advance(timedelta(days=1))  # it stood still for a day
    second.clock.anchor = Anchor(real=second.real.now(), shown=shown, rate=RATE)
    await second.player.play(position, until_caught_up=True)
    whole = [hour.told(moment)["messageId"] for moment in hour.live if hour.at(moment) <= second.clock.now()]
    assert [event["messageId"] for event in (*first.sent, *second.sent)] == whole


async def test_much_that_is_due_at_once_goes_in_full_batches(story: Story) -> None:
    stage = Stage(story, story.end)
    await stage.player.play(0, until_caught_up=True)
    assert sum(stage.batches) > 20_000
    assert sorted(stage.batches)[len(stage.batches) // 2] == 100
