"""Value: what a customer's orders are worth, and the band among all customers.

Bands are shares of customers by net revenue, each without the ones above it: the first hundredth, twentieth and fifth
(the "few that matter" of Pareto's rule as Juran put it, Quality Control Handbook, 1951), the better half, the rest.
Who has the same revenue is in the same band, the higher one; the best customer is always in the first.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from hourglass.audience.computed.family import Family
from hourglass.audience.computed.rank import people_before
from hourglass.audience.computed.sources import Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, Words, words

BANDS: Final[dict[str, Words]] = {
    "top_1": words("Top 1 %", "Лучший 1 %"),
    "top_5": words("Top 5 %", "Лучшие 5 %"),
    "top_20": words("Top 20 %", "Лучшие 20 %"),
    "mid": words("Middle", "Середина"),
    "low": words("Low", "Низ"),
}
_UP_TO = {"mid": 50, "top_20": 20, "top_5": 5, "top_1": 1}
"""Percent of customers with more revenue, below which somebody is at least in that band."""


def value(sources: Sources, circumstances: Circumstances) -> Frame:
    """Orders, averages, dates and the band of everybody with an order."""
    del circumstances
    bought = sources.orders.group_by("profile_id").agg(
        orders=nw.len().cast(nw.Int64()),
        revenue=nw.col("net").sum().cast(nw.Int64()),
        first_order=nw.col("day").min(),
        last_order=nw.col("day").max(),
    )
    return bands(bought).select(
        "profile_id",
        "orders",
        "first_order",
        "last_order",
        "band",
        average_order=average(),
    )


def average() -> nw.Expr:
    """Revenue for each order in whole minor units, half up."""
    return (nw.col("revenue") * 2 + nw.col("orders")) // (nw.col("orders") * 2)


def bands(people: Frame) -> Frame:
    """People with `revenue`, and their `band`."""
    better = people_before("revenue", best="first") * 100
    everybody = nw.len().cast(nw.Int64())
    placed = people.with_columns(better=better, everybody=everybody)
    band = nw.lit("low")
    for name, percent in _UP_TO.items():
        band = nw.when(nw.col("better") < nw.col("everybody") * percent).then(nw.lit(name)).otherwise(band)
    return placed.with_columns(band=band)


VALUE = Family(
    name="value",
    words=words("Value", "Ценность"),
    traits=(
        ComputedTrait(name="orders", kind="number", words=words("orders", "заказов")),
        ComputedTrait(name="average_order", kind="money", words=words("average order", "средний чек")),
        ComputedTrait(name="first_order", kind="date", words=words("day of the first order", "день первого заказа")),
        ComputedTrait(name="last_order", kind="date", words=words("day of the last order", "день последнего заказа")),
        ComputedTrait(name="band", kind="text", words=words("value band", "ценовой слой"), values=BANDS),
    ),
    compute=value,
)
