"""A batch as columns: the same frame goes into the hot history and into the lake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import polars as pl

from hourglass.events import Event
from hourglass.history.batch import Batch
from hourglass.history.columns import MONEY, TYPED
from hourglass.kernel import Workspace, to_minor

_encode = msgspec.json.Encoder().encode
_EMPTY = "{}"


def event_frame(batch: Batch, workspace: Workspace) -> pl.DataFrame:
    """One row an event, in order: the columns of the lake's events table, and `seq` and `id` for the hot history."""
    events = batch.events
    typed = {name: [read(event, workspace) for event in events] for name, read in _READERS.items()}
    at = pl.Series("at", _micros(event.at for event in events), dtype=pl.Int64).cast(pl.Datetime("us", "UTC"))
    received = pl.Series(_micros(event.received_at for event in events), dtype=pl.Int64)
    return pl.DataFrame(
        {
            "workspace_id": pl.repeat(workspace.id, len(events), dtype=pl.Int32, eager=True),
            "profile_id": pl.Series(batch.profile_ids, dtype=pl.Int64),
            "identity_id": pl.Series(batch.identity_ids, dtype=pl.Int64),
            "event": [event.name for event in events],
            "kind": [event.kind for event in events],
            "message_id": [event.message_id for event in events],
            "at": at,
            "received_at": received.cast(pl.Datetime("us", "UTC")),
            **{name: pl.Series(values, dtype=TYPED[name]) for name, values in typed.items()},
            "currency": pl.Series([_text(event.properties.get("currency")) for event in events], dtype=pl.String),
            "properties": [_json(event.properties) for event in events],
            "traits": [_json(event.traits) for event in events],
            "context": [_json(event.context) for event in events],
            "historical": [event.historical for event in events],
            "month": at.dt.strftime("%Y-%m"),
            "seq": pl.Series(batch.seqs, dtype=pl.Int64),
            "id": [str(event.id) for event in events],
        },
        strict=False,
    )


def property_frame(batch: Batch, places: Sequence[int], names: Sequence[str], workspace: Workspace) -> pl.DataFrame:
    """The named properties of some events of the batch: typed ones as they are, others as text."""
    columns: dict[str, pl.Series] = {}
    for name in names:
        read = _READERS.get(name)
        values: list[Any] = [
            read(batch.events[place], workspace) if read else _text(batch.events[place].properties.get(name))
            for place in places
        ]
        columns[name] = pl.Series(name, values, dtype=TYPED.get(name, pl.String()))
    return pl.DataFrame(columns)


def _micros(moments: Any) -> list[int]:
    return [round((moment - _EPOCH).total_seconds() * 1_000_000) for moment in moments]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _json(value: dict[str, Any]) -> str:
    return _encode(value).decode() if value else _EMPTY


def _text(value: object) -> str | None:
    """As PostgreSQL's ->> gives it: texts bare, everything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return _encode(value).decode()


def _money(event: Event, workspace: Workspace) -> int | None:
    """Revenue counts in the workspace's currency only; without exchange rates another one is no number here."""
    properties = event.properties
    if properties.get("currency", workspace.currency) != workspace.currency:
        return None
    amount = next(
        (properties[name] for name in ("revenue", "total", "value") if properties.get(name) is not None), None
    )
    return None if amount is None else to_minor(amount, workspace.currency)


def _quantity(event: Event, _workspace: Workspace) -> int | None:
    value = event.properties.get("quantity")
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31 else None


def _named(name: str) -> Callable[[Event, Workspace], str | None]:
    def read(event: Event, _workspace: Workspace) -> str | None:
        return _text(event.properties.get(name))

    return read


_READERS: dict[str, Callable[[Event, Workspace], Any]] = {
    name: _money if name in MONEY else _quantity if name == "quantity" else _named(name) for name in TYPED
}
