"""Small histories as frames, and conditions asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from hourglass.audience import compile_conditions, parse_condition
from hourglass.audience.columns.needs import LINES
from hourglass.history import TYPED
from hourglass.kernel import Workspace, WorkspaceId

SHOP = Workspace(id=WorkspaceId(1), key="shop", name="Shop", currency="EUR", zone="UTC", locale="en")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Told = tuple[int, str, datetime] | tuple[int, str, datetime, Mapping[str, Any]]
"""Who, what, when, and what its properties (and `products`, a list of lines) say. Of one moment, the later one in the
list comes later."""


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def ask(
    documents: Mapping[str, Any],
    history: Sequence[Told],
    now: datetime = NOW,
    people: pl.DataFrame | None = None,
    subjects: Sequence[int] = (),
) -> pl.DataFrame:
    """One row a person, a column per condition, and `due`."""
    compiled = compile_conditions({key: parse_condition(one) for key, one in documents.items()}, SHOP)
    if people is None:
        people = pl.DataFrame(
            {"subject": sorted({*subjects, *(one[0] for one in history)})}, schema={"subject": pl.Int64}
        )
    events = _frame(history, compiled.needs.event_properties)
    lines = _frame(_lines(history), sorted(compiled.needs.properties), line=True) if compiled.of_lines else None
    return compiled.evaluate(people, events, now, lines=lines)


def who(document: Any, history: Sequence[Told], now: datetime = NOW, **more: Any) -> list[int]:
    """Whom one condition means."""
    answers = ask({"it": document}, history, now, **more)
    return sorted(answers.filter(pl.col("it"))["subject"].to_list())


def due(document: Any, history: Sequence[Told], now: datetime = NOW, **more: Any) -> dict[int, datetime | None]:
    """When time alone may change the answer about each person."""
    return dict(ask({"it": document}, history, now, **more).select("subject", "due").iter_rows())


def _lines(history: Sequence[Told]) -> list[tuple[Any, ...]]:
    """One row a line, and one for an event without any."""
    found: list[tuple[Any, ...]] = []
    for seq, told in enumerate(history):
        more: Mapping[str, Any] = told[3] if len(told) > 3 else {}  # type: ignore[misc]
        for number, line in enumerate(more.get("products") or [None], 1):
            said = {f"{LINES}{name}": value for name, value in (line or {}).items()}
            found.append((*told[:3], {**more, **said, "seq": seq, "line": None if line is None else number}))
    return found


def _frame(history: Sequence[Any], properties: Sequence[str], *, line: bool = False) -> pl.DataFrame:
    base = {"subject": pl.Int64, "event": pl.String, "at": pl.Datetime("us", "UTC"), "seq": pl.Int64}
    schema: dict[str, Any] = base | ({"line": pl.Int64} if line else {})
    schema |= {name: TYPED.get(name, pl.String()) for name in properties}
    rows: list[list[Any]] = []
    for seq, (subject, event, at, *rest) in enumerate(history):
        more = rest[0] if rest else {}
        told = [None if more.get(name) is None else _text(name, more[name]) for name in properties]
        rows.append([subject, event, at, more.get("seq", seq), *([more["line"]] if line else []), *told])
    # Nothing may lean on the order of rows.
    return pl.DataFrame(rows, schema=schema, orient="row").sample(fraction=1, shuffle=True, seed=1)


def _text(name: str, value: Any) -> Any:
    return value if name in TYPED else str(value)
