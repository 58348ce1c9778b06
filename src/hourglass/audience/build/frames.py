"""The events of the lake as conditions want them: the person of today, properties as the hot history has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl
from msgspec import Struct

from hourglass.audience.build.branches import Branch
from hourglass.history import MONEY, TYPED
from hourglass.kernel import Workspace
from hourglass.lake import CURRENCY, Picture, scan

_ALWAYS = ("profile_id", "event", "at", "seq")


class Lake(Struct, frozen=True, kw_only=True):
    """What the lake held at one moment, and who is who today (`moved_identities`)."""

    picture: Picture
    workspace: Workspace
    identities: pl.DataFrame


class Rows(Struct, frozen=True, kw_only=True):
    """Rows of a branch about some people, all there are about them; `in_order`: person by person, as they happened."""

    frame: pl.LazyFrame
    in_order: bool = False


def lake_frame(lake: Lake, branch: Branch, now: datetime) -> pl.LazyFrame:
    """The rows of a branch: its names, no older than its window, its properties, and nothing else.

    Columns as `compile.py` wants them; nothing is read yet.
    """
    local = ["local"] if branch.needs.local else []
    since = None if branch.window is None else now - branch.window
    return read_rows(lake, branch, [*_ALWAYS, *local], wanted(branch), since).rename({"profile_id": "subject"})


def whole_lake(lake: Lake, branch: Branch, now: datetime) -> Sequence[Rows]:
    """The same for everybody at once."""
    return [Rows(frame=lake_frame(lake, branch, now))]


def wanted(branch: Branch) -> list[str]:
    """The properties that a branch asks for."""
    return branch.needs.event_properties + (branch.needs.line_properties if branch.lines else [])


def read_rows(
    lake: Lake, branch: Branch, columns: Sequence[str], properties: Sequence[str], since: datetime | None = None
) -> pl.LazyFrame:
    """These columns and properties of the events of a branch.

    Money in another currency than the workspace's is no number, as in the hot history. A property may be called like a
    column of the lake (message_id): then the JSON has it, as there.
    """
    typed = [name for name in properties if name in TYPED]
    money = sorted(MONEY.intersection(typed))
    read = [*columns, *typed, *([CURRENCY] if money else [])]
    rows = scan(
        lake.picture,
        lake.workspace.id,
        read,
        names=sorted(branch.needs.events),
        since=since,
        identities=lake.identities,
        properties=[name for name in properties if name not in read],
        lines=branch.lines,
        zone=lake.workspace.zone,
    )
    own = [pl.when(pl.col(CURRENCY) == lake.workspace.currency).then(pl.col(name)).alias(name) for name in money]
    return rows.with_columns(own)
