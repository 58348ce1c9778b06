"""The first minute of a demo, or the minute it goes on: a furnished workspace and a clock that stands still."""

from __future__ import annotations

from datetime import datetime

from hourglass.definitions import Kinds
from hourglass.demo.options import Options
from hourglass.demo.progress import Progress, beginning
from hourglass.demo.shop import open_shop
from hourglass.demo.store import furnish, has_other_data, keep, standing
from hourglass.kernel import Conflict, Workspace
from hourglass.postgres import Database


def prepare(database: Database, workspace: Workspace, options: Options, kinds: Kinds, now: datetime) -> Progress:
    """Where the demo stands; made when it is new. Raises Conflict where a shop of somebody's own lives."""
    with database.transaction() as tx:
        left = standing(tx, workspace.id)
        if left is None and has_other_data(tx, workspace.id):
            raise Conflict("This data folder holds a shop's own data; give the demo another one by --data.")
        if left is None:
            furnish(tx, workspace.id)
            open_shop(tx, workspace, kinds, now)
        start = left or beginning(now, history=options.history, live=options.live)
        progress = start.standing_still(now)
        keep(tx, workspace.id, progress)
    return progress
