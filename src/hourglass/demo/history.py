"""The year behind us: written into the log in pieces, each together with how far it got, so a stop costs nothing."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from hourglass.demo.progress import Progress
from hourglass.demo.store import keep
from hourglass.demo.story import Story
from hourglass.events import envelope
from hourglass.kernel import WorkspaceId
from hourglass.log import append
from hourglass.postgres import Database

Report = Callable[[int, int], None]
"""Told and total, for the bar."""


def import_history(
    database: Database,
    workspace_id: WorkspaceId,
    story: Story,
    progress: Progress,
    *,
    partitions: int,
    report: Report,
    piece: int = 2500,
) -> Progress:
    """Write what is not yet in the log, `piece` by `piece`, as history: it fills everything and sends nothing."""
    received_at = progress.dates.cut
    while progress.history_told < progress.history_total:
        start = progress.history_told
        end = min(start + piece, progress.history_total)
        sealed = [_sealed(story, place) for place in range(start, end)]
        progress = msgspec.structs.replace(progress, history_told=end)
        with database.transaction() as tx:
            append(tx, workspace_id, sealed, received_at, partitions)
            keep(tx, workspace_id, progress)
        report(progress.history_told, progress.history_total)
    return progress


def _sealed(story: Story, place: int) -> bytes:
    event = story.told(story.history[place])
    return envelope(event["type"], event, historical=True)
