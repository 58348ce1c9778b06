"""History enters the log once, whatever interrupts it, and the demo remembers where it stands."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from hourglass.app import KINDS
from hourglass.definitions import list_all
from hourglass.demo.beginning import prepare
from hourglass.demo.history import import_history
from hourglass.demo.options import Options
from hourglass.demo.progress import Progress, beginning
from hourglass.demo.store import standing
from hourglass.demo.story import Story
from hourglass.events import decode
from hourglass.kernel import Conflict, Workspace, WorkspaceId
from hourglass.log import append, backlog, claim
from hourglass.postgres import Database, find_workspace
from tests.demo.conftest import END

ONE = WorkspaceId(1)


@pytest.fixture
def workspace(database: Database) -> Workspace:
    with database.transaction() as tx:
        return find_workspace(tx)


def new(story: Story) -> Progress:
    return beginning(END, history=timedelta(hours=23), live=timedelta(hours=1)).of(story)


def in_log(database: Database) -> list:
    with database.transaction() as tx:
        chunks = claim(tx, [0, 1], 1_000_000)
    return [event for chunk in chunks for event in decode(chunk.payload, chunk.received_at, END)[0]]


def test_the_whole_past_is_in_the_log_as_history(database: Database, hour: Story) -> None:
    seen: list[tuple[int, int]] = []
    progress = import_history(database, ONE, hour, new(hour), partitions=2, report=lambda *now: seen.append(now))
    events = in_log(database)
    assert {event.message_id for event in events} == {hour.told(moment)["messageId"] for moment in hour.history}
    assert len(events) == len(hour.history)
    assert all(event.historical for event in events)
    assert seen[-1] == (len(hour.history), len(hour.history))
    with database.transaction() as tx:
        assert standing(tx, ONE) == progress


def test_a_stop_in_the_middle_costs_nothing(database: Database, hour: Story) -> None:
    def stop(told: int, _total: int) -> None:
        if told == 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_history(database, ONE, hour, new(hour), partitions=2, piece=100, report=stop)
    with database.transaction() as tx:
        left = standing(tx, ONE)
        assert left
        assert (left.history_told, backlog(tx).events) == (300, 300)
    import_history(database, ONE, hour, left, partitions=2, report=lambda *_: None)
    events = in_log(database)
    assert len(events) == len({event.message_id for event in events}) == len(hour.history)


def test_a_demo_begins_with_a_furnished_shop_and_a_clock_that_stands_still(
    database: Database, workspace: Workspace
) -> None:
    progress = prepare(database, workspace, Options(), KINDS, END)
    assert progress.anchor.rate == 0
    assert progress.anchor.shown == progress.dates.cut == END - timedelta(days=7)
    with database.transaction() as tx:
        furnished = find_workspace(tx)
        kinds = {found.kind for found in list_all(tx, workspace.id)}
    assert (furnished.currency, furnished.zone, furnished.name) == ("GBP", "Europe/London", "Online Retail demo shop")
    assert kinds >= {"segment", "journey", "template", "topic", "brand"}


def test_the_next_start_goes_on_where_it_was(database: Database, workspace: Workspace) -> None:
    first = prepare(database, workspace, Options(), KINDS, END)
    later = END + timedelta(days=2)
    again = prepare(database, workspace, Options(fast=True), KINDS, later)
    assert again == first.standing_still(later)


def test_a_shop_of_ones_own_is_not_mixed_with_the_demo(database: Database, workspace: Workspace, hour: Story) -> None:
    with database.transaction() as tx:
        append(tx, workspace.id, [b'{"k":"track","e":{"event":"x","userId":"1"}}'], END, 1)
    with pytest.raises(Conflict):
        prepare(database, workspace, Options(), KINDS, END)


def test_progress_survives_its_row(hour: Story) -> None:
    progress = new(hour).running(END, 600).reached(17, END)
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(progress.as_json())), Progress) == progress
    assert 0.5 < progress.generated_share < 1
