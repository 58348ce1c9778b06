"""Bench: durable single events over HTTP."""

from bench.ingest import single as run

__all__ = ["run"]
