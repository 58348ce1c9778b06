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

OWN_ZONE = "own_zone"
OWN_COLUMNS = (OWN_ZONE, NOW_OWN, CHANGE_OWN)
"""What `with_own_clock` adds to people: their zone, what its clock shows now, and when that is changed."""


def with_own_clock(people: pl.DataFrame, now: datetime, zone: str) -> pl.DataFrame:
    """People with what their clock shows and when it changes; one without a known zone has the workspace's."""
    named = people[ZONE].unique().drop_nulls().to_list()
    zones = [zone, *(one for one in named if one != zone and is_zone(one))]
    clocks = pl.DataFrame(
        {
            OWN_ZONE: zones,
            NOW_OWN: [shown(now, one) for one in zones],
            CHANGE_OWN: [next_change(one, now) for one in zones],
        },
        schema={OWN_ZONE: pl.String, NOW_OWN: pl.Int64, CHANGE_OWN: pl.Int64},
    )
    lives = pl.when(pl.col(ZONE).is_in(zones)).then(pl.col(ZONE)).otherwise(pl.lit(zone)).alias(OWN_ZONE)
    return people.with_columns(lives).join(clocks, on=OWN_ZONE, how="left", maintain_order="left")


def with_own_time(events: pl.LazyFrame, people: pl.DataFrame) -> pl.LazyFrame:
    """Events with `own`, what their clock showed, and their clock now; people as `with_own_clock` left them."""
    lives = people.select("subject", *OWN_COLUMNS).unique("subject")
    found = events.join(lives.lazy(), on="subject", how="left", maintain_order="left")
    shown_there = [
        pl.when(pl.col(OWN_ZONE) == zone).then(pl.col("at").dt.convert_time_zone(zone).dt.replace_time_zone(None))
        for zone in lives[OWN_ZONE].unique().to_list()
    ]
    nowhere = pl.lit(None, pl.Datetime("us"))
    return found.with_columns(pl.coalesce(*shown_there, nowhere).alias("own")).drop(OWN_ZONE)
