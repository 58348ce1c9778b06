"""The events of the lake as conditions want them: the person of today, properties as the hot history has them."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from msgspec import Struct

from hourglass.audience.build.branches import Branch
from hourglass.history import MONEY, TYPED
from hourglass.kernel import Workspace
from hourglass.lake import Picture, scan

_ALWAYS = ("profile_id", "event", "at", "seq")


class Lake(Struct, frozen=True, kw_only=True):
    """What the lake held at one moment, and who is who today (`moved_identities`)."""

    picture: Picture
    workspace: Workspace
    identities: pl.DataFrame


def lake_frame(lake: Lake, branch: Branch, now: datetime) -> pl.LazyFrame:
    """The rows of a branch: its names, no older than its window, its properties, and nothing else.

    Columns as `compile.py` wants them; nothing is read yet. Money in another currency than the workspace's is no
    number, as in the hot history.
    """
    needs, zone = branch.needs, lake.workspace.zone
    wanted = needs.event_properties + (needs.line_properties if branch.lines else [])
    # A property may be called like a column of the lake (message_id): then the JSON has it, as in the hot history.
    typed = [name for name in wanted if name in TYPED]
    money = sorted(MONEY.intersection(typed))
    columns = [*_ALWAYS, *typed, *(["currency"] if money else []), *(["local"] if needs.local else [])]
    rows = scan(
        lake.picture,
        lake.workspace.id,
        columns,
        names=sorted(needs.events),
        since=None if branch.window is None else now - branch.window,
        identities=lake.identities,
        properties=[name for name in wanted if name not in columns],
        lines=branch.lines,
        zone=zone,
    )
    own = [pl.when(pl.col("currency") == lake.workspace.currency).then(pl.col(name)).alias(name) for name in money]
    return rows.with_columns(own).rename({"profile_id": "subject"})
