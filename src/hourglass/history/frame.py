"""A batch as columns: the same frame goes into the hot history and into the lake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

import msgspec
import polars as pl

from hourglass.events import Event
from hourglass.history.batch import Batch
from hourglass.history.columns import TYPED
from hourglass.kernel import Workspace, field_of

_encode = msgspec.json.Encoder().encode
_EMPTY = "{}"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_UTC = pl.Datetime("us", "UTC")
_NAMES = (
    *("name", "kind", "message_id", "at", "received_at", "order_id", "product_id", "category", "quantity", "revenue"),
    *("currency", "properties", "traits", "context", "historical", "id"),
)
_FIELDS, _WIDTH = attrgetter(*_NAMES), len(_NAMES)


def event_frame(batch: Batch, workspace: Workspace) -> pl.DataFrame:
    """One row an event, in order: the columns of the lake's events table, and `seq` and `id` for the hot history."""
    names, kinds, message_ids, at, received_at, order_ids, product_ids, categories, *rest = _columns(batch.events)
    quantities, revenues, currencies, properties, traits, contexts, historical, ids = rest
    return pl.DataFrame(
        {
            "workspace_id": pl.Series([workspace.id], dtype=pl.Int32).new_from_index(0, len(batch)),
            "profile_id": pl.Series(batch.profile_ids, dtype=pl.Int64),
            "identity_id": pl.Series(batch.identity_ids, dtype=pl.Int64),
            "event": _texts(names),
            "kind": _texts(kinds),
            "message_id": _texts(message_ids),
            "at": _moments(at),
            "received_at": _moments(received_at),
            "order_id": _texts(order_ids),
            "product_id": _texts(product_ids),
            "category": _texts(categories),
            "quantity": pl.Series(quantities, dtype=pl.Int32),
            "revenue": pl.Series(revenues, dtype=pl.Int64),
            "currency": _texts(currencies),
            "properties": _texts(_json(properties)),
            "traits": _texts(_json(traits)),
            "context": _texts(_json(contexts)),
            "historical": pl.Series(historical, dtype=pl.Boolean),
            "seq": pl.Series(batch.seqs, dtype=pl.Int64),
            "id": _texts(ids),
        }
    )


def _columns(events: Sequence[Event]) -> list[Sequence[Any]]:
    return list(zip(*map(_FIELDS, events), strict=True)) or [()] * _WIDTH


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
    return lambda event: json_text(field_of(event.properties, name))


def _moments(moments: Sequence[datetime]) -> pl.Series:
    # Those of a chunk were received at one moment: the same object, read once.
    known = {id(moment): (moment - _EPOCH) // _MICRO for moment in {id(one): one for one in moments}.values()}
    return pl.Series([known[id(moment)] for moment in moments], dtype=pl.Int64).cast(_UTC)


def _texts(values: Sequence[str | None]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def _json(values: Sequence[dict[str, Any]]) -> list[str]:
    return [_encode(value).decode() if value else _EMPTY for value in values]


def json_text(value: object) -> str | None:
    """As PostgreSQL's ->> gives it: texts bare, everything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return _encode(value).decode()
