"""The budgets of the product, each measured beside a raw limit in the same run."""

from bench.run import run

__all__ = ["run"]
