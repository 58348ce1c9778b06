"""Clusters: groups of customers who buy alike, found by k-means, each with a number that it keeps and a description.

Customers are points of five features (days since the last order, orders, average order, pieces an order, different
categories), on a log scale because all of them are skewed, standardised. The number of clusters is the one with the
best mean silhouette (Rousseeuw, Journal of Computational and Applied Mathematics 20, 1987); see centres.py.
"""

from __future__ import annotations

import narwhals as nw
import polars as pl

from hourglass.audience.computed.centres import FEATURES, find_centres
from hourglass.audience.computed.cluster_words import describe_clusters
from hourglass.audience.computed.family import Family, Learned, Memory
from hourglass.audience.computed.favourites import of_lines
from hourglass.audience.computed.sources import DAY, Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, words
from hourglass.audience.computed.value import average


def features(sources: Sources, circumstances: Circumstances) -> Frame:
    """profile_id, the features as plain numbers, and the category bought most, for everybody with an order."""
    orders = sources.orders.group_by("profile_id").agg(
        last=nw.col("at").max(), orders=nw.len().cast(nw.Int64()), revenue=nw.col("net").sum().cast(nw.Int64())
    )
    lines = sources.bought.group_by("profile_id").agg(
        quantity=nw.col("quantity").sum(), categories=nw.col("category").n_unique()
    )
    taste = of_lines(sources.bought, "category")
    people = orders.join(lines, on="profile_id", how="left").join(taste, on="profile_id", how="left")
    return people.select(
        "profile_id",
        "orders",
        "category",
        recency=(nw.lit(circumstances.now) - nw.col("last")) // DAY,
        average_order=average(),
        pieces=nw.coalesce("quantity", nw.lit(0)) / nw.col("orders"),
        categories=nw.coalesce(nw.col("categories").cast(nw.Int64()), nw.lit(0)),
    )


def learn(table: pl.DataFrame, memory: Memory) -> Learned:
    """The number of everybody's cluster; what is remembered are centres, people and words of each. Raises Skipped."""
    table = table.sort("profile_id")
    found = find_centres(table.select(FEATURES).to_numpy(), _remembered(memory))
    numbered = table.with_columns(number=pl.Series(found.labels, dtype=pl.Int64))
    described = describe_clusters(numbered, found)
    remembered = [
        {"number": number, "centre": centre, "k": len(found.numbers), **described[number]}
        for number, centre in zip(found.numbers, found.centres, strict=True)
    ]
    return Learned(table=numbered.select("profile_id", "number"), memory=remembered)


def _remembered(memory: Memory) -> dict[int, list[float]]:
    return {
        int(one["number"]): [float(x) for x in one["centre"]] for one in memory if len(one["centre"]) == len(FEATURES)
    }


CLUSTERS = Family(
    name="cluster",
    words=words("Clusters", "Кластеры"),
    traits=(ComputedTrait(name="number", kind="number", words=words("number of the cluster", "номер кластера")),),
    compute=features,
    learn=learn,
)
