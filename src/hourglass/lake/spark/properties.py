"""Properties out of the JSON of events as columns of text, and the lines of orders as rows: said in Spark's words."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f
from pyspark.sql.types import ArrayType, StringType, StructField, StructType

from hourglass.lake.asked import JSON, LINE, LINES
from hourglass.lake.spark.dialect import NARWHALS

_READ, _ONE = "json:read", "json:line"
_JAVA_NUMBER = r"^-?[0-9]\.[0-9]+E-?[0-9]+$"


def with_properties(events: DataFrame, names: Sequence[str]) -> DataFrame:
    """A column of text for each name, called what `NARWHALS.name` says."""
    if not names:
        return events
    read = events.withColumn(_READ, f.from_json(f.col(JSON), _texts(names)))
    return read.withColumns({NARWHALS.name(name): _text(name, f.col(JSON)) for name in names}).drop(_READ)


def with_lines(events: DataFrame, names: Sequence[str]) -> DataFrame:
    """Each event once a line, with `line` and a text `products.NAME` for each name; without lines once, with nulls."""
    products = StructType([StructField("products", ArrayType(StringType()))])
    lines = f.from_json(f.col(JSON), products).getField("products")
    kept = [f.col(name) for name in events.columns]
    split = events.select(*kept, f.posexplode_outer(lines).alias("json:place", _ONE))
    read = split.withColumn(_READ, f.from_json(f.col(_ONE), _texts(names)))
    texts = {NARWHALS.name(f"{LINES}{name}"): _text(name, f.col(JSON)) for name in names}
    numbered = {LINE: f.col("json:place").cast("bigint") + 1}
    return read.withColumns({**texts, **numbered}).drop(_READ, _ONE, "json:place")


def _texts(names: Sequence[str]) -> StructType:
    return StructType([StructField(name, StringType()) for name in names])


def _text(name: str, json: Column) -> Column:
    """The value as the JSON has it. Java writes numbers in its own way: 1.25E7 for 12500000.0."""
    text = f.col(_READ).getField(name)
    is_number = text.rlike(_JAVA_NUMBER) & ~json.contains(f.concat(f.lit('"'), text, f.lit('"')))
    return f.when(is_number, _as_json_writes(text)).otherwise(text)


def _as_json_writes(number: Column) -> Column:
    exponent = f.regexp_extract(number, r"E(.+)$", 1).cast("int")
    digits = f.regexp_replace(number.cast("decimal(38,22)").cast("string"), "0+$", "")
    written = f.regexp_replace(f.regexp_replace(number, r"\.0E", "E"), "E", "e")
    return f.when(exponent.between(-5, 15), f.regexp_replace(digits, r"\.$", ".0")).otherwise(written)
