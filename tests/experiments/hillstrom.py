"""The e-mail test of Kevin Hillstrom (MineThatData, 2008): customers by lot got men's goods, women's, or none."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hourglass.experiments import Moments

FILE = Path(__file__).parents[3] / "shared" / "data" / "hillstrom" / "hillstrom_half.csv.gz"
ARMS = {"mens": "Mens E-Mail", "womens": "Womens E-Mail", "none": "No E-Mail"}
OUTCOMES = ("visit", "conversion", "spend")


def arms(path: Path) -> dict[str, pl.DataFrame]:
    """The customers of each arm: what they did in two weeks, and `history`, what they spent in the year before."""
    customers = pl.read_csv(path, columns=["segment", "history", *OUTCOMES], schema_overrides={"spend": pl.Float64})
    return {arm: customers.filter(pl.col("segment") == name) for arm, name in ARMS.items()}


def moments(customers: pl.DataFrame, outcome: str) -> Moments:
    """One outcome of an arm."""
    values, before = customers[outcome].cast(pl.Float64), customers["history"]
    columns = customers.select(pl.col(outcome).cast(pl.Float64), "history")
    return Moments(
        people=values.len(), mean=_number(values.mean()), variance=_number(values.var()),
        happened=int((values != 0).sum()), before=_number(before.mean()), before_variance=_number(before.var()),
        covariance=_number(columns.select(pl.cov(outcome, "history")).item()),
    )  # fmt: skip


def _number(value: object) -> float:
    assert isinstance(value, float)
    return value
