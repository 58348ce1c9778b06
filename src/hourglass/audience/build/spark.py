"""The same conditions on the same files, answered by a Spark cluster: for histories too long for one machine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from hourglass.audience.build.frames import Lake
from hourglass.audience.tree.compile import DUE, Compiled
from hourglass.history import MONEY, TYPED
from hourglass.kernel import Malformed
from hourglass.lake import NARWHALS, spark_scan

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_KEYS = "answer{0}"


def answer_on_spark(
    compiled: Compiled, people: pl.DataFrame, lake: Lake, now: datetime, session: SparkSession
) -> pl.DataFrame:
    """What `answer_all` answers, as one job of a cluster. `people`: subject and `compiled.needs.people`.

    Raises Malformed for conditions on the customer's own clock: zones by person are this machine's affair.
    """
    if compiled.needs.own:
        raise Malformed("Conditions with `local: true` cannot be answered on Spark; leave them to this machine.")
    keys = {key: _KEYS.format(place) for place, key in enumerate(compiled.conditions)}
    plain = compiled.renamed(keys)
    known = nw.from_native(cast("Any", session).createDataFrame(people.rename(NARWHALS.name).to_arrow()))
    frames = {
        source: _rows(compiled, lake, session, lines=source == "lines")
        for source in {leaf.source for leaf in compiled.leaves} - {"people"}
    }
    found = plain.answer(known, frames, now, d=NARWHALS)
    answers = pl.DataFrame(found.to_native().toArrow()).rename({short: key for key, short in keys.items()})
    return answers.cast({"subject": pl.Int64, DUE: pl.Int64})


def _rows(compiled: Compiled, lake: Lake, session: SparkSession, *, lines: bool) -> Any:
    """Events, or their lines, as compile.py wants them of an engine that cannot take moments apart."""
    needs = compiled.needs
    wanted = needs.event_properties + (needs.line_properties if lines else [])
    typed = [name for name in wanted if name in TYPED]
    money = sorted(MONEY.intersection(typed))
    columns = ["profile_id", "event", "at_us", "seq", *typed, *(["currency"] if money else [])]
    found = nw.from_native(
        spark_scan(
            session,
            lake.picture,
            lake.workspace.id,
            [*columns, *(["local_us"] if needs.local else [])],
            names=sorted(needs.events),
            identities=lake.identities,
            properties=[name for name in wanted if name not in columns],
            lines=lines,
            zone=lake.workspace.zone,
        )
    )
    mine = nw.col("currency") == lake.workspace.currency
    own = [nw.when(mine).then(nw.col(name)).otherwise(None).alias(name) for name in money]
    return found.with_columns(*own).rename({"profile_id": "subject"})
