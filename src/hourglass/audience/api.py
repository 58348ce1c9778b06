"""Audience over HTTP: the segments with their counts, and a preview of any condition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import JSONBody
from msgspec import Struct

from hourglass.audience.audit import AuditReport, last_audit
from hourglass.audience.lists.api import ListsController
from hourglass.audience.preview import Preview, Previewer
from hourglass.audience.segment_rows import SegmentRow, segment_rows
from hourglass.audience.segments_api import SegmentsController
from hourglass.kernel import Clock, Permission, Workspace
from hourglass.postgres import Database, Transaction

__all__ = ["AudienceController", "ListsController", "SegmentsController"]


class Asked(Struct, frozen=True, kw_only=True):
    """The body of a preview."""

    condition: Any


_previewer = Previewer()


class AudienceController(Controller):
    """`/api/audience/...`."""

    path = "/api/audience"
    tags = ("audience",)

    @post("/preview", needs=Permission.LOOK, status_code=200, sync_to_thread=True)
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

    @get("/segments", needs=Permission.LOOK, sync_to_thread=True)
    def segments(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[SegmentRow]:
        """Every segment with its members, and how far its build is."""
        return segment_rows(tx, workspace.id)

    @get("/audit", needs=Permission.LOOK, sync_to_thread=True)
    def audit(self, tx: Given[Transaction], workspace: Given[Workspace]) -> AuditReport | None:
        """The last comparison of live membership with a rebuild from the lake; null before the first night."""
        return last_audit(tx, workspace.id)
