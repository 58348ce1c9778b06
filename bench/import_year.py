"""The whole UCI year as history: from the file to everything processed, the demo's segments and the lake included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import hourglass.demo
from bench.installation import installation, settled
from bench.row import Row, metered
from hourglass import definitions, log
from hourglass.app import KINDS
from hourglass.demo import Dates, Story, read_retail, tell
from hourglass.events import envelope
from hourglass.kernel import Settings, WorkspaceId
from hourglass.postgres import Database

SHOP = WorkspaceId(1)
_PIECE = 2500


def run(size: str) -> list[Row]:
    """Budget: below 60 s."""
    del size
    now = datetime.now(UTC).replace(microsecond=0)
    with installation(people=0) as live, live.database() as database:
        with database.transaction() as tx:
            folder = Path(hourglass.demo.__file__).with_name("shop")
            definitions.apply_folder(tx, SHOP, folder, KINDS, "bench", now)
        with metered() as meter:
            dates = Dates(since=now - timedelta(days=407), cut=now, end=now)
            events = _append(database, tell(read_retail(), dates), now)
            settled(live, 600)
    return [
        Row(
            name="import_year",
            ours=meter.wall_s,
            limit=60,
            unit="s",
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note=f"{events:,} events out of 541,909 rows; limit: the budget",
        )
    ]


def _append(database: Database, story: Story, now: datetime) -> int:
    told = (story.told(place) for place in story.history)
    total = 0
    while piece := [envelope(event["type"], event, historical=True) for event in islice(told, _PIECE)]:
        with database.transaction() as tx:
            log.append(tx, SHOP, piece, now, Settings().partitions)
        total += len(piece)
    return total
