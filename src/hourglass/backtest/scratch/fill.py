"""Fills the scratch with what was known when the period began; what came later is laid aside until its time comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString, cast

import polars as pl
from msgspec import Struct
from psycopg import sql

from hourglass.backtest.matter import Matter
from hourglass.backtest.past.concern import People
from hourglass.backtest.past.past import Past
from hourglass.backtest.scratch.copying import copy_rows
from hourglass.commerce import learn_catalogue
from hourglass.events import decode
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction, copy_frame
from hourglass.profiles import retrace

_queries = Queries(Path(__file__).with_name("fill.sql"))
_LONGEST_CAP = timedelta(days=400)
_ABOVE_ALL = 2**52
_AT_ONCE = 20_000
_WHOLE = (
    *("workspaces", "event_names", "definitions", "definition_versions", "identities", "identity_links", "profiles"),
    *("computed_traits", "consents", "consent_requests", "wishes", "suppressions", "mail_domains"),
    *("products", "orders", "carts", "messages", "segment_members", "promo_codes"),
)
_LATER = {"messages": "later_messages", "consents": "later_consents", "suppressions": "later_suppressions"}


class Order(Struct, frozen=True, kw_only=True):
    """What to fill in: a period, what the journey asks about, the journeys it stands for, places that are replayed."""

    workspace: Workspace
    start: datetime
    stop: datetime
    matter: Matter
    journeys: Sequence[int]
    """Definitions whose messages and runs do not count: the draft is in their place."""
    replayed: Sequence[int]
    """Places in the log of events that are replayed although they happened before the period."""
    people: People | None
    """Who is replayed; None: everybody."""
    births: pl.DataFrame
    """`id` of each identity, and `at`, the moment of its first event."""


def fill(live: Transaction, inside: Transaction, order: Order) -> list[int]:
    """Copy the workspace as of the start. Identities of which more was said later: see `profiles.retrace`."""
    place: dict[str, Any] = {
        "workspace_id": order.workspace.id,
        "start": order.start,
        "stop": order.stop,
        "journeys": list(order.journeys),
        "lists": order.matter.lists,
        "since": order.start - _LONGEST_CAP,
        "everybody": order.people is None,
        "identities": order.people.identities if order.people else [],
        "people": order.people.profiles if order.people else [],
    }
    _queries.execute(inside, "forget_workspace")
    for table in _WHOLE:
        copy_rows(live, inside, _queries, table, place)
    copy_rows(live, inside, _queries, "earlier_runs", place, "journey_runs")
    _queries.execute(inside, "free_codes", workspace_id=order.workspace.id)
    _queries.execute(inside, "end_earlier_runs", workspace_id=order.workspace.id, start=order.start)
    for table, later in _LATER.items():
        _aside(inside, table, later)
        copy_rows(live, inside, _queries, later, place, table, later)
    _history(live, inside, order, place)
    _queries.tuples(inside, "advance_sequences", most=_ABOVE_ALL)
    _queries.execute(inside, "make_births")
    copy_frame(inside, "births", ("id", "at"), order.births)
    _queries.execute(inside, "note_births", workspace_id=order.workspace.id)
    _queries.execute(inside, "unborn", workspace_id=order.workspace.id, start=order.start, stop=order.stop)
    _queries.execute(inside, "index_unborn")
    lost = retrace(inside, order.workspace.id, order.start)
    _queries.execute(inside, "people_of_things", workspace_id=order.workspace.id)
    _queries.execute(inside, "no_news", workspace_id=order.workspace.id)
    _queries.execute(inside, "only_these", workspace_id=order.workspace.id, segments=order.matter.segments)
    return lost


def recall_catalogue(inside: Transaction, workspace: Workspace, words: Past, start: datetime) -> None:
    """Products as the events before the period told them, in place of today's."""
    _queries.execute(inside, "forget_catalogue", workspace_id=workspace.id)
    for place in range(0, words.events, _AT_ONCE):
        chunks = words.chunks(place, min(place + _AT_ONCE, words.events))
        events = [event for chunk in chunks for event in decode(chunk.payload, start, start, workspace.currency)[0]]
        learn_catalogue(events, inside, workspace.id)
    _queries.execute(inside, "no_news", workspace_id=workspace.id)


def ask_segments(inside: Transaction, workspace: Workspace, start: datetime) -> None:
    """Everybody is to be asked about the segments, as of the start; the next ticks do it."""
    _queries.execute(inside, "count_as_built", workspace_id=workspace.id, start=start)
    _queries.execute(inside, "ask_everybody", workspace_id=workspace.id, start=start)


def _history(live: Transaction, inside: Transaction, order: Order, place: dict[str, Any]) -> None:
    """The events before the period that conditions look back at."""
    window = order.matter.window
    since = datetime(1, 1, 2, tzinfo=UTC) if window is None else order.start - window - timedelta(days=1)
    names = [
        row[0]
        for row in _queries.tuples(live, "name_ids", workspace_id=order.workspace.id, names=sorted(order.matter.events))
    ]
    if names:
        values = place | {"names": names, "since": since, "replayed": list(order.replayed)}
        copy_rows(live, inside, _queries, "events", values)


def _aside(inside: Transaction, table: str, later: str) -> None:
    statement = sql.SQL(cast("LiteralString", _queries.sql("later")))
    inside.execute(statement.format(later=sql.Identifier(later), tab=sql.Identifier(table)))
