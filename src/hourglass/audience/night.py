"""`python -m hourglass.audience.night`: what each night brings, in a process of its own (see beside.py).

First the computed traits, then an audit of all segments; each leaves a note of what came of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hourglass.audience.audit import audit, note_audit
from hourglass.audience.beside import work_beside
from hourglass.audience.build.spark import Cluster
from hourglass.audience.computed.computing import compute
from hourglass.kernel import Workspace, read_settings
from hourglass.postgres import Database


def work_at_night(database: Database, data: Path, workspace: Workspace, clock: Callable[[], datetime]) -> None:
    """Raises Conflict while somebody else is at it."""
    compute(database, data, workspace, clock())
    report = audit(database, data, workspace, clock, Cluster.at(read_settings().spark))
    with database.transaction() as tx:
        note_audit(tx, workspace.id, report)
    if report.wrong:
        sys.stderr.write(
            f"Segments: {report.wrong} memberships differ from the lake; see `hourglass segments audit`.\n"
        )


if __name__ == "__main__":
    sys.exit(work_beside(work_at_night, "Night"))
