"""Where effects are done: the workspace, the moment, and where their events go."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.kernel import Workspace


class Scene(Struct, frozen=True, kw_only=True):
    """`partitions`: of the log."""

    workspace: Workspace
    now: datetime
    partitions: int
