"""`python -m hourglass.audience.build`: one build in a process of its own (see beside.py)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hourglass.audience.beside import work_beside
from hourglass.audience.build.building import Built, build
from hourglass.audience.build.spark import Cluster
from hourglass.kernel import Workspace, read_settings
from hourglass.postgres import Database


def build_beside(database: Database, data: Path, workspace: Workspace, clock: Callable[[], datetime]) -> Built:
    """By the Spark cluster of the settings, or by this machine."""
    return build(database, data, workspace, clock, elsewhere=Cluster.at(read_settings().spark))


if __name__ == "__main__":
    sys.exit(work_beside(build_beside, "Segments"))
