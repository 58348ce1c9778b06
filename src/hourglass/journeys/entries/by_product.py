"""A change in the catalogue brings in the people who showed interest in that product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from hourglass.journeys.entries.product_news import News, joined
from hourglass.journeys.entries.queue import Doorway, position
from hourglass.journeys.registry import Standing
from hourglass.journeys.ways.way import OnProduct
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("product.sql"))
_MOST = 5000
_FIELDS = ("name", "category", "brand", "image_url", "url")


def by_product(tx: Transaction, workspace: Workspace, standings: Sequence[Standing], now: datetime) -> int:
    """Take the news of the catalogue and queue whom they concern; how many. They are taken though nobody waits."""
    if not _queries.scalar(tx, "any_news", workspace_id=workspace.id):
        return 0
    news = joined(_queries.rows(tx, "take_news", News, workspace_id=workspace.id, most=_MOST))
    if not standings:
        return 0
    rows = _queries.tuples(tx, "products", workspace_id=workspace.id, ids=[one.product_id for one in news])
    products: dict[str, Mapping[str, Any]] = {row[0]: dict(zip(_FIELDS, row[1:], strict=True)) for row in rows}
    return sum(_queue(tx, workspace, standing, news, products, now) for standing in standings)


def _queue(
    tx: Transaction,
    workspace: Workspace,
    standing: Standing,
    news: Sequence[News],
    products: Mapping[str, Mapping[str, Any]],
    now: datetime,
) -> int:
    way = standing.journey.entry.way
    if not isinstance(way, OnProduct):
        return 0
    oldest = now - standing.journey.max_age
    fitting = [one for one in news if one.at >= oldest and one.product_id in products and one.fits(way)]
    if not fitting:
        return 0
    sinces = [now - span for _, span in way.interested]
    doorway = Doorway(tx, workspace.id, standing.id, standing.journey.entry.pace, now)
    count = _queries.execute(
        tx,
        "interested_in_category" if way.change == "new" else "interested",
        workspace_id=workspace.id,
        journey_id=standing.id,
        products=[one.product_id for one in fitting],
        facts=[Jsonb(_facts(one, way, products[one.product_id])) for one in fitting],
        regions=[None if way.region is None or (came := one.came_to()) is None else Jsonb(came) for one in fitting],
        region=way.region,
        events=[name for name, _ in way.interested],
        sinces=sinces,
        earliest=min(sinces, default=now),
        favourite=way.favourite,
        first=doorway.first,
        pace=doorway.pace,
        now=now,
        seq=position(tx),
    )
    doorway.close(count)
    return count


def _facts(one: News, way: OnProduct, product: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in product.items() if value is not None}
    return {"event": _NAMES[way.change], "at": one.at, "message_id": None, "properties": known | one.told(way)}


_NAMES: dict[str, str] = {
    "price_drop": "Price Dropped",
    "back_in_stock": "Back in Stock",
    "low_stock": "Low Stock",
    "new": "New Product",
}
