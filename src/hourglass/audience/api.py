"""Audience over HTTP: the segments with their counts, and a preview of any condition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import JSONBody
from msgspec import Struct

from hourglass.audience.lists_api import ListsController
from hourglass.audience.parse import parse_condition
from hourglass.audience.preview import Preview, preview
from hourglass.audience.segments_api import SegmentsController
from hourglass.audience.words import describe
from hourglass.kernel import Clock, Workspace
from hourglass.postgres import Queries, Transaction

__all__ = ["AudienceController", "ListsController", "SegmentsController"]
_queries = Queries(Path(__file__).with_name("queries.sql"))


class Asked(Struct, frozen=True, kw_only=True):
    """The body of a preview."""

    condition: Any


class SegmentRow(Struct, frozen=True, kw_only=True):
    """A segment as the list shows it; `building` while people are still being looked at."""

    key: str
    name: str
    state: str
    words: dict[str, str]
    members: int
    building: bool


class AudienceController(Controller):
    """`/api/audience/...`."""

    path = "/api/audience"
    tags = ("audience",)

    @post("/preview", status_code=200, sync_to_thread=True)
    def preview(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], data: JSONBody[Asked]
    ) -> Preview:
        """How many people a condition means, and a few of them."""
        return preview(tx, workspace, data.condition, clock.now())

    @get("/segments", sync_to_thread=True)
    def segments(self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]) -> list[SegmentRow]:
        """Every segment with its members."""
        building = bool(_queries.scalar(tx, "waiting", workspace_id=workspace.id, now=clock.now()))
        return [
            SegmentRow(
                key=key,
                name=name or key,
                state=state,
                words=_words(condition),
                members=members,
                building=building,
            )
            for key, name, condition, state, members in _queries.tuples(tx, "counts", workspace_id=workspace.id)
        ]


def _words(condition: Any) -> dict[str, str]:
    if condition is None:
        return {"en": "a list, kept by hand", "ru": "список, который ведут вручную"}
    return {locale: describe(parse_condition(condition), locale) for locale in ("en", "ru")}
