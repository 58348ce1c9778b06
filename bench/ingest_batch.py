"""Bench: durable events over HTTP in batches of 100."""

from bench.ingest import batch as run

__all__ = ["run"]
