"""A batch as columns: the same frame goes into the hot history and into the lake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import polars as pl

from hourglass.events import Event
from hourglass.history.batch import Batch
from hourglass.history.columns import TYPED
from hourglass.kernel import Workspace

_encode = msgspec.json.Encoder().encode
_EMPTY = "{}"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_UTC = pl.Datetime("us", "UTC")


def event_frame(batch: Batch, workspace: Workspace) -> pl.DataFrame:
    """One row an event, in order: the columns of the lake's events table, and `seq` and `id` for the hot history."""
    events = batch.events
    at = _moments(event.at for event in events)
    return pl.DataFrame(
        {
            "workspace_id": pl.repeat(workspace.id, len(events), dtype=pl.Int32, eager=True),
            "profile_id": pl.Series(batch.profile_ids, dtype=pl.Int64),
            "identity_id": pl.Series(batch.identity_ids, dtype=pl.Int64),
            "event": _texts(event.name for event in events),
            "kind": _texts(event.kind for event in events),
            "message_id": _texts(event.message_id for event in events),
            "at": at,
            "received_at": _moments(event.received_at for event in events),
            "order_id": _texts(event.order_id for event in events),
            "product_id": _texts(event.product_id for event in events),
            "category": _texts(event.category for event in events),
            "quantity": pl.Series([event.quantity for event in events], dtype=pl.Int32),
            "revenue": pl.Series([event.revenue for event in events], dtype=pl.Int64),
            "currency": _texts(event.currency for event in events),
            "properties": _texts(_json(event.properties) for event in events),
            "traits": _texts(_json(event.traits) for event in events),
            "context": _texts(_json(event.context) for event in events),
            "historical": pl.Series([event.historical for event in events], dtype=pl.Boolean),
            "seq": pl.Series(batch.seqs, dtype=pl.Int64),
            "id": _texts(str(event.id) for event in events),
        }
    )


def property_frame(batch: Batch, places: Sequence[int], names: Sequence[str], workspace: Workspace) -> pl.DataFrame:
    """The named properties of some events of the batch: typed ones as they are, others as text."""
    columns: dict[str, pl.Series] = {}
    for name in names:
        read = _reader(name, workspace)
        values = [read(batch.events[place]) for place in places]
        columns[name] = pl.Series(name, values, dtype=TYPED.get(name, pl.String()))
    return pl.DataFrame(columns)


def own_revenue(workspace: Workspace) -> pl.Expr:
    """Revenue in the workspace's currency; without exchange rates another one is no number here."""
    return pl.when(pl.col("currency") == workspace.currency).then(pl.col("revenue"))


def _reader(name: str, workspace: Workspace) -> Callable[[Event], Any]:
    if name == "revenue":
        return lambda event: event.revenue if event.currency == workspace.currency else None
    if name in TYPED:
        return lambda event: getattr(event, name)
    return lambda event: json_text(event.properties.get(name))


def _moments(moments: Iterable[datetime]) -> pl.Series:
    return pl.Series([(moment - _EPOCH) // _MICRO for moment in moments], dtype=pl.Int64).cast(_UTC)


def _texts(values: Iterable[str | None]) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String)


def _json(value: dict[str, Any]) -> str:
    return _encode(value).decode() if value else _EMPTY


def json_text(value: object) -> str | None:
    """As PostgreSQL's ->> gives it: texts bare, everything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return _encode(value).decode()
