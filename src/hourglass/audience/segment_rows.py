"""The segments of a workspace as a list shows them: their words, their members, and how far each is built."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.audience.tree.parse import parse_condition
from hourglass.audience.tree.words import describe
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))


class BuildRow(Struct, frozen=True, kw_only=True):
    """How far a segment is: `waiting`, `building`, `built` or `failed`; `done` passes over the lake, of `total`."""

    state: str
    done: int
    total: int
    started_at: datetime | None
    built_at: datetime | None
    problem: str | None


class SegmentRow(Struct, frozen=True, kw_only=True):
    """A segment as the list shows it; while it is `building`, its members are those of its last version."""

    key: str
    name: str
    state: str
    words: dict[str, str]
    members: int
    building: bool
    build: BuildRow | None
    """None for a list and for what is not in force."""


def segment_rows(tx: Transaction, workspace_id: WorkspaceId) -> list[SegmentRow]:
    """Every segment and list, by key."""
    return [_row(row) for row in _queries.tuples(tx, "counts", workspace_id=workspace_id)]


def _row(row: tuple[Any, ...]) -> SegmentRow:
    key, name, condition, state, members, build, done, total, started_at, built_at, problem = row
    return SegmentRow(
        key=key,
        name=name or key,
        state=state,
        words=_words(condition),
        members=members,
        building=build in ("waiting", "building"),
        build=None
        if build is None
        else BuildRow(state=build, done=done, total=total, started_at=started_at, built_at=built_at, problem=problem),
    )


def _words(condition: Any) -> dict[str, str]:
    if condition is None:
        return {"en": "a list, kept by hand", "ru": "список, который ведут вручную"}
    return {locale: describe(parse_condition(condition), locale) for locale in ("en", "ru")}
