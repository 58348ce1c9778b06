"""A session on a Spark cluster, with the settings under which Spark answers as Polars does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hourglass.kernel import HourglassError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ALIKE = {
    "spark.sql.session.timeZone": "UTC",
    # A cast that does not work out is null, not the end of the query.
    "spark.sql.ansi.enabled": "false",
    # `Name` and `name` are two properties.
    "spark.sql.caseSensitive": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
"""Decision 0013; a cluster's own defaults do not change these."""

QUIET = {
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    # Else each part of an expression goes there with the line of Python it came from: half the time of planning.
    "spark.python.sql.dataFrameDebugging.enabled": "false",
}


class SparkMissing(HourglassError):
    """PySpark or Java is not there, or no cluster answers at the address."""

    status = 503


def spark_session(master: str, settings: Mapping[str, str] | None = None) -> SparkSession:
    """A session on `spark://host:7077`, `yarn`, `k8s://...` or `local[2]`; `settings` are Spark's own, by name.

    The cluster has the version of Spark that is installed here. Raises SparkMissing.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkMissing("Spark is not installed; run: pip install 'hourglass[spark]'") from error
    builder = SparkSession.builder.appName("hourglass").master(master)
    for name, value in {**QUIET, **(settings or {}), **ALIKE}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise SparkMissing("Spark did not start; it needs Java 17 or newer (`java -version`, JAVA_HOME).") from error
    except Py4JError as error:
        known = "is its master running, and is Spark there of the same version as here?"
        raise SparkMissing(f"No Spark cluster answers at {master}; {known}") from error
