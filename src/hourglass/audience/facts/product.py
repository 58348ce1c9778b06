"""The product each person last showed interest in, as the catalogue knows it now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import LiteralString, cast

import polars as pl
from psycopg import sql

from hourglass.audience.facts.fact import Fact
from hourglass.audience.interest import BOUGHT, INTEREST
from hourglass.kernel import WorkspaceId, unusual_exponents
from hourglass.postgres import Queries, Transaction, read_frame

_queries = Queries(Path(__file__).with_name("product.sql"))
_COLUMNS = {
    "at": pl.Int64(),  # when the interest was shown, microseconds
    "was": pl.Int64(),  # the price it was seen at, in minor units, where it is in the currency of the catalogue
    "current": pl.Int64(),  # the price now, likewise
    "price": pl.Int64(),  # the price now, where it is in the currency of the workspace
    "stock": pl.Int64(),
    "available": pl.Boolean(),
    "restocked": pl.Int64(),  # when it came back after it was sold out, microseconds
    "category": pl.String(),
    "brand": pl.String(),
    "name": pl.String(),
}


def _read(tx: Transaction, workspace_id: WorkspaceId, asked: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    """`asked`: `last_viewed:price` and the like; one query for each kind of interest."""
    wanted: dict[str, list[str]] = {}
    for one in asked:
        which, _, name = one.partition(":")
        wanted.setdefault(which, []).append(name)
    people = pl.DataFrame({"profile_id": profile_ids}, schema={"profile_id": pl.Int64})
    for which, names in wanted.items():
        columns = [pl.col(name).alias(f"product:{which}:{name}") for name in names]
        found = _products(tx, workspace_id, which, profile_ids).select("profile_id", *columns)
        people = people.join(found, on="profile_id", how="left")
    return people


def _products(tx: Transaction, workspace_id: WorkspaceId, which: str, profile_ids: Sequence[int]) -> pl.DataFrame:
    last = _queries.sql("bought") if which == BOUGHT else _queries.sql("seen")
    statement = sql.SQL(cast("LiteralString", _queries.sql("products"))).format(
        last=sql.SQL(cast("LiteralString", last.strip().removesuffix(";")))
    )
    odd = unusual_exponents()
    values = {
        "workspace_id": workspace_id,
        "ids": list(profile_ids),
        "event": INTEREST[which],
        "currencies": list(odd),
        "exponents": list(odd.values()),
    }
    return read_frame(tx, statement.as_string(tx), values, {"profile_id": pl.Int64(), **_COLUMNS})


PRODUCT = Fact(prefix="product", read=_read)
