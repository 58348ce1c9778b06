"""The lake computed on by a Spark cluster: the same files, columns and texts as `scan` gives on this machine."""

from hourglass.lake.spark.dialect import NARWHALS
from hourglass.lake.spark.scan import spark_scan
from hourglass.lake.spark.session import SparkMissing, spark_session

__all__ = ["NARWHALS", "SparkMissing", "spark_scan", "spark_session"]
