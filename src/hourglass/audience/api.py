"""Audience over HTTP: the segments with their counts, and a preview of any condition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import JSONBody
from msgspec import Struct

from hourglass.audience.audit import AuditReport, last_audit
from hourglass.audience.lists_api import ListsController
from hourglass.audience.parse import parse_condition
from hourglass.audience.preview import Preview, Previewer
from hourglass.audience.segments_api import SegmentsController
from hourglass.audience.words import describe
from hourglass.kernel import Clock, Workspace
from hourglass.postgres import Database, Queries, Transaction

__all__ = ["AudienceController", "ListsController", "SegmentsController"]
_queries = Queries(Path(__file__).with_name("queries.sql"))


class Asked(Struct, frozen=True, kw_only=True):
    """The body of a preview."""

    condition: Any


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


_previewer = Previewer()


class AudienceController(Controller):
    """`/api/audience/...`."""

    path = "/api/audience"
    tags = ("audience",)

    @post("/preview", status_code=200, sync_to_thread=True)
    def preview(
        self,
        database: Given[Database],
        data_root: Given[Path],
        workspace: Given[Workspace],
        clock: Given[Clock],
        data: JSONBody[Asked],
    ) -> Preview:
        """How many people a condition means, a few of them with the reasons, and what leaves out the others."""
        return _previewer.preview(database, data_root, workspace, data.condition, clock.now())

    @get("/segments", sync_to_thread=True)
    def segments(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[SegmentRow]:
        """Every segment with its members, and how far its build is."""
        return [_row(row) for row in _queries.tuples(tx, "counts", workspace_id=workspace.id)]

    @get("/audit", sync_to_thread=True)
    def audit(self, tx: Given[Transaction], workspace: Given[Workspace]) -> AuditReport | None:
        """The last comparison of live membership with a rebuild from the lake; null before the first night."""
        return last_audit(tx, workspace.id)


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
