"""Columns of people and of what they did, the same for Polars and for Spark, and times read by a clock."""
