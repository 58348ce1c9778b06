"""K-means on log-scaled, standardised features: how many centres, where they are, which are those of last time."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hourglass.audience.computed.family import Skipped

FEATURES = ("recency", "orders", "average_order", "pieces", "categories")
FEWEST, MOST = 3, 8
"""Clusters. Two would be the good and the bad customers, which RFM says better."""
FEWEST_PEOPLE = 50
_FIT_ON, _SCORE_ON = 50_000, 3_000
_SEED = 20_071
_BETTER = 0.02
"""By so much the silhouette of another number of clusters must be better before it changes."""
_SAME = 1.5
"""A centre farther than this from all former ones, in standard deviations, is a new cluster."""
Points = NDArray[np.float64]


class Centres(Struct, frozen=True, kw_only=True):
    """`numbers` and `centres` (log scale) go together, most orders first where they are new."""

    numbers: list[int]
    centres: list[list[float]]
    labels: NDArray[np.int64]
    """The number of each row."""
    relative: list[list[float]]
    """The centres in standard deviations from the mean customer."""


def find_centres(table: NDArray[Any], former: Mapping[int, list[float]]) -> Centres:
    """The clusters of the rows. The same rows in the same order give the same answer; raises Skipped."""
    if len(table) < FEWEST_PEOPLE:
        raise Skipped(f"Clusters need {FEWEST_PEOPLE} customers with an order; there are {len(table)}.")
    scaled = np.log1p(np.maximum(np.asarray(table, dtype=np.float64), 0.0))
    mean, deviation = scaled.mean(axis=0), scaled.std(axis=0)
    deviation[deviation == 0] = 1.0
    points = (scaled - mean) / deviation
    relative = _ordered(_best(points, len(former)))
    numbers = _numbered(relative, {n: (np.asarray(c) - mean) / deviation for n, c in former.items()})
    labels = np.asarray(numbers, dtype=np.int64)[_nearest(points, relative)]
    return Centres(
        numbers=numbers,
        centres=(relative * deviation + mean).tolist(),
        labels=labels,
        relative=relative.tolist(),
    )


def _best(points: Points, former: int) -> Points:
    """The centres with the best silhouette; the former number of them unless another is clearly better."""
    cluster, metrics, limits = _scikit()
    chance = np.random.default_rng(_SEED)
    sample = points[np.sort(chance.permutation(len(points))[:_FIT_ON])]
    some = sample[np.sort(chance.permutation(len(sample))[:_SCORE_ON])]
    found: dict[int, tuple[float, Points]] = {}
    # One thread: on a busy machine, threads that wait for each other cost more than they bring.
    with limits(limits=1):
        for k in range(FEWEST, MOST + 1):
            model = cluster.KMeans(n_clusters=k, n_init=4, random_state=_SEED).fit(sample)
            labels = model.predict(some)
            if len(set(labels)) == k:
                found[k] = float(metrics.silhouette_score(some, labels)), model.cluster_centers_
    if not found:
        raise Skipped("The customers are too much alike to be divided into clusters.")
    best = max(found, key=lambda k: (found[k][0], -k))
    if former in found and found[former][0] >= found[best][0] - _BETTER:
        best = former
    return found[best][1]


def _scikit() -> tuple[Any, Any, Any]:
    try:
        modules = [import_module(name) for name in ("sklearn.cluster", "sklearn.metrics", "threadpoolctl")]
    except ImportError as error:
        raise Skipped("Clusters need scikit-learn: pip install 'hourglass[science]'.") from error
    cluster, metrics, threads = modules
    return cluster, metrics, threads.threadpool_limits


def _ordered(centres: Points) -> Points:
    """The same, most orders first: so the first run numbers them in a way people can follow."""
    order = sorted(range(len(centres)), key=lambda i: (-centres[i][FEATURES.index("orders")], *centres[i]))
    return centres[order]


def _numbered(centres: Points, former: Mapping[int, Points]) -> list[int]:
    """Each the number of the former centre it is closest to, one for one; others get new numbers."""
    numbers: dict[int, int] = {}
    if former:
        old = sorted(former)
        distances = np.linalg.norm(centres[:, None, :] - np.stack([former[n] for n in old])[None, :, :], axis=2)
        pairs = _closest_pairs(distances)
        numbers = {place: old[other] for place, other in pairs if distances[place, other] <= _SAME}
    following = max(former, default=0) + 1
    for place in range(len(centres)):
        if place not in numbers:
            numbers[place] = following
            following += 1
    return [numbers[place] for place in range(len(centres))]


def _closest_pairs(distances: Points) -> list[tuple[int, int]]:
    """Rows and columns paired so that the distances add up to the least."""
    optimize: Any = import_module("scipy.optimize")
    rows, columns = optimize.linear_sum_assignment(distances)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _nearest(points: Points, centres: Points, piece: int = 100_000) -> NDArray[np.int64]:
    """For each point the place of its centre; in pieces, so that memory stays flat."""
    pieces = [points[start : start + piece] for start in range(0, len(points), piece)]
    return np.concatenate([((one[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2).argmin(axis=1) for one in pieces])
