"""The customer's own clock: what it shows at an event and now, from the zone that they are known to live in."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from hourglass.audience.columns.clocks import is_zone, next_change, shown
from hourglass.audience.columns.scope import CHANGE_OWN, NOW_OWN

ZONE = "trait:timezone"
"""The column of people that names the zone: “Asia/Almaty”."""

OWN_WORDS = (" (by the customer's clock)", " (по часам клиента)")
"""In English and in Russian."""

_OWN = "own_zone"


def with_own_clock(people: pl.DataFrame, now: datetime, zone: str) -> pl.DataFrame:
    """People with what their clock shows and when it changes; one without a known zone has the workspace's."""
    named = people[ZONE].unique().drop_nulls().to_list()
    zones = [zone, *(one for one in named if one != zone and is_zone(one))]
    clocks = pl.DataFrame(
        {
            _OWN: zones,
            NOW_OWN: [shown(now, one) for one in zones],
            CHANGE_OWN: [next_change(one, now) for one in zones],
        },
        schema={_OWN: pl.String, NOW_OWN: pl.Int64, CHANGE_OWN: pl.Int64},
    )
    lives = pl.when(pl.col(ZONE).is_in(zones)).then(pl.col(ZONE)).otherwise(pl.lit(zone)).alias(_OWN)
    return people.with_columns(lives).join(clocks, on=_OWN, how="left", maintain_order="left")


def with_own_time(events: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Events with `own`, what their clock showed, and what it shows now; people as `with_own_clock` left them."""
    lives = people.select("subject", _OWN, NOW_OWN).unique("subject")
    found = events.join(lives, on="subject", how="left", maintain_order="left")
    shown_there = [
        pl.when(pl.col(_OWN) == zone).then(pl.col("at").dt.convert_time_zone(zone).dt.replace_time_zone(None))
        for zone in lives[_OWN].unique().to_list()
    ]
    nowhere = pl.lit(None, pl.Datetime("us"))
    return found.with_columns(pl.coalesce(*shown_there, nowhere).alias("own")).drop(_OWN)
