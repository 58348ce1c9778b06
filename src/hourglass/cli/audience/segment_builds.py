"""`hourglass segments build` and `builds`: segments built now, here or on a cluster; how far each of them is."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from hourglass import audience
from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.definitions import find

Spark = Annotated[
    str | None, Parameter(help="A Spark cluster that does it, like spark://10.0.0.1:7077; empty: this machine.")
]


def build_now(
    *keys: Annotated[str, Parameter(help="Segments that are built again, even if they are built.")],
    everything: Annotated[bool, Parameter(name="--all", negative="", help="All of them again.")] = False,
    spark: Spark = None,
    data: DataFolder = None,
) -> None:
    """Build what is new or changed now, and these segments again; exit code 1 when somebody else is building."""
    with plainly(), opened(data) as (database, workspace, settings):
        with database.transaction() as tx:
            for key in keys:
                find(tx, workspace.id, "segment", key)
            known = [row.key for row in audience.segment_rows(tx, workspace.id)]
        built = audience.build.build(
            database,
            settings.data,
            workspace,
            installation_clock(database).now,
            elsewhere=audience.build.Cluster.at(settings.spark if spark is None else spark),
            again=known if everything else keys,
        )
    if not built.segments and (keys or everything):
        print("Nothing was built: these are lists, or a build is under way (`hourglass segments builds`).")
        sys.exit(1)
    print(f"{built.segments} segments built in {built.seconds:.1f} s")


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
