"""Who would have entered, waited and got what, had this journey been live in a period of the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hourglass import definitions, lake, profiles
from hourglass.backtest.calls import read_calls, repeat_calls
from hourglass.backtest.matter import matter_of
from hourglass.backtest.past.past import Past
from hourglass.backtest.past.read import read_births, read_catalogue, read_past, read_sayings
from hourglass.backtest.read_answer import read_answer
from hourglass.backtest.replay import Replay
from hourglass.backtest.scratch.fill import Order, ask_segments, fill, recall_catalogue
from hourglass.backtest.scratch.scratch import scratch
from hourglass.definitions import Document, Kinds
from hourglass.events import decode
from hourglass.journeys import JOURNEY, OnProduct, read_journey
from hourglass.kernel import Malformed, Workspace
from hourglass.postgres import Database, Transaction
from hourglass.reports import Backtest

_EXACT = 3_000
_STOPS = 2_000
_MINUTE = timedelta(minutes=1)
_SAYINGS = 20_000


def backtest(
    database: Database,
    data: Path,
    workspace: Workspace,
    document: Document,
    start: datetime,
    stop: datetime,
    *,
    kinds: Kinds,
    now: datetime,
    grain: timedelta | None = None,
    also: Callable[[Transaction, definitions.Definition], None] | None = None,
) -> Backtest:
    """Replay the workspace's events from `start` to `stop` through a journey, with the senders off.

    `grain`: what falls due within so long is done at once. None: as exact as life for few events, else a minute at
    least, and twenty-two for a month. `also` may ask more than the answer tells, in the scratch, before it is gone.
    Raises Malformed for a document that is no journey, or a period that is none.
    """
    stop = min(stop, now)
    if start >= stop:
        raise Malformed("The period ends before it begins, or has not begun yet.", path="from")
    journey = read_journey(document)
    picture = lake.look(database, data)
    with scratch(database.url) as inside:
        with database.transaction() as live, inside.transaction() as tx:
            matter = matter_of(live, workspace.id, journey)
            journeys = _in_its_place(live, workspace, journey.key)
            calls = read_calls(live, workspace.id, journeys, start, stop)
            called = {one.profile_id for one in calls}
            past = read_past(live, workspace, picture, start, stop, journey, matter.names, called)
            order = Order(
                workspace=workspace,
                start=start,
                stop=stop,
                matter=matter,
                journeys=journeys,
                replayed=past.late,
                people=past.people,
                births=read_births(workspace, picture),
            )
            lost = fill(live, tx, order)
            if lost:
                _retell(tx, workspace, read_sayings(live, workspace, picture, lost, start), start)
            if isinstance(journey.entry.way, OnProduct):
                recall_catalogue(tx, workspace, read_catalogue(live, workspace, picture, start), start)
            if matter.segments:
                ask_segments(tx, workspace, start)
        grain = _grain(past, start, stop) if grain is None else grain
        replay = Replay(inside, workspace, past, grain, journey.entry.way)
        replay.settle(start)
        with inside.transaction() as tx:
            found = _launch(tx, workspace, document, kinds, start)
            repeat_calls(tx, workspace.id, found.id, calls)
        told = replay.run(start, stop, segments=bool(matter.segments))
        with inside.transaction() as tx:
            if also is not None:
                also(tx, found)
            return read_answer(tx, workspace, found, start, stop, told, grain)


def _in_its_place(tx: Transaction, workspace: Workspace, key: str) -> list[int]:
    return [found.id for found in definitions.list_all(tx, workspace.id, JOURNEY.name) if found.key == key]


def _retell(tx: Transaction, workspace: Workspace, sayings: Past, start: datetime) -> None:
    """What was known of people before the period, where something else was said later."""
    for place in range(0, sayings.events, _SAYINGS):
        chunks = sayings.chunks(place, min(place + _SAYINGS, sayings.events))
        events = [event for chunk in chunks for event in decode(chunk.payload, start, start, workspace.currency)[0]]
        people = profiles.resolve(events, tx, workspace.id, start)
        profiles.apply(events, people, tx, workspace.id, start)


def _grain(past: Past, start: datetime, stop: datetime) -> timedelta:
    """As exact as life for a few events; else so that the clock stops no more than a few thousand times."""
    if past.stops <= _EXACT:
        return timedelta()
    return max(_MINUTE, _MINUTE * round((stop - start) / _MINUTE / _STOPS))


def _launch(
    tx: Transaction, workspace: Workspace, document: Document, kinds: Kinds, start: datetime
) -> definitions.Definition:
    """The draft goes live, in the scratch."""
    live: dict[str, Any] = {**document, "state": "live"}
    definitions.put(tx, workspace.id, live, kinds=kinds, author="backtest", now=start)
    return definitions.set_state(tx, workspace.id, JOURNEY.name, str(document["key"]), "live", start)
