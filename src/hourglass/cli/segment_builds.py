"""`hourglass segments builds`: which segments are built, and how far the others are."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from hourglass import audience
from hourglass.cli.opening import DataFolder, opened, plainly


def show_builds(*, data: DataFolder = None) -> None:
    """How far each segment is: waiting, building (so many passes of so many), built or failed, and why."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        rows = audience.segment_rows(tx, workspace.id)
    table = Table("key", "build", "members", "begun", "built", "problem", box=None)
    for row in rows:
        if row.build is not None:
            one = row.build
            state = f"{one.state} {one.done}/{one.total}" if one.state == "building" else one.state
            moments = (f"{at:%Y-%m-%d %H:%M:%S}" if at else "" for at in (one.started_at, one.built_at))
            table.add_row(row.key, state, str(row.members), *moments, one.problem or "")
    Console(width=150).print(table)
