"""The same conditions on the same files, answered by a Spark cluster: for histories too long for one machine.

The cluster reads the events and brings them down to a row a person; what is known of people otherwise lies in
PostgreSQL, so it joins in on this machine, as it does without a cluster.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, cast

import narwhals as nw
import polars as pl

from hourglass.audience.build.branches import Branch, wide_branches
from hourglass.audience.build.frames import Lake, lake_frame, wanted
from hourglass.audience.build.one_pass import Whoever, of_nobody
from hourglass.audience.columns.clocks import offsets
from hourglass.audience.columns.own_clock import OWN_COLUMNS, OWN_ZONE
from hourglass.audience.columns.scope import AT, CHANGE_OWN, NOW_OWN, OWN
from hourglass.audience.tree.compile import DUE, Compiled, compile_conditions
from hourglass.history import MONEY, TYPED
from hourglass.lake import CURRENCY, NARWHALS, spark_scan, spark_session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_ALWAYS = ("profile_id", "event", "at_us", "seq")
_LEAVES = 40
_STARTS, _AHEAD = "own_starts", "own_ahead"


class Cluster:
    """Answers branches, for `answer_all`; the session is the caller's."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    @classmethod
    def at(cls, master: str) -> Self | None:
        """The cluster of an address like spark://10.0.0.1:7077, for as long as this process lives; None for "".

        Raises SparkMissing.
        """
        return cls(spark_session(master)) if master else None

    def branches(self, compiled: Compiled, people: int) -> list[Branch]:
        """Few passes, but none of so many columns that Spark makes no program of its own for it."""
        del people
        return wide_branches(compiled, _LEAVES)

    def ask(
        self, branch: Branch, lake: Lake, people: pl.DataFrame, now: datetime
    ) -> tuple[pl.DataFrame, dict[str, bool]]:
        """One job: the leaves of the branch with `due`, and the truths of everybody who is not among the answers."""
        rows, who = self._rows(branch, lake, now), cast("Any", Whoever())
        if branch.needs.own:
            clocks = people.select("subject", *OWN_COLUMNS)
            rows = self._on_own_clocks(rows, clocks)
            who = nw.from_native(self._sent(clocks.select("subject", NOW_OWN, CHANGE_OWN)))
            nobody = dict.fromkeys(branch.leaves, False)
        else:
            nobody = of_nobody(branch, lake_frame(lake, branch, now), lake.workspace, now)
        compiled = compile_conditions(branch.leaves, lake.workspace)
        frames = {"lines" if branch.lines else "events": nw.from_native(rows)}
        found = compiled.answer(who, frames, now, d=NARWHALS)
        answers = pl.DataFrame(found.to_native().toArrow())
        return answers.cast({"subject": pl.Int64, DUE: pl.Int64}), nobody

    def _rows(self, branch: Branch, lake: Lake, now: datetime) -> DataFrame:
        """What `lake_frame` reads, as compile.py wants it of an engine that cannot take moments apart."""
        from pyspark.sql import functions as f

        properties = wanted(branch)
        typed = [name for name in properties if name in TYPED]
        money = sorted(MONEY.intersection(typed))
        columns = [*_ALWAYS, *typed, *([CURRENCY] if money else [])]
        rows = spark_scan(
            self._session,
            lake.picture,
            lake.workspace.id,
            [*columns, *(["local_us"] if branch.needs.local else [])],
            names=sorted(branch.needs.events),
            since=None if branch.window is None else now - branch.window,
            identities=lake.identities,
            properties=[name for name in properties if name not in columns],
            lines=branch.lines,
            zone=lake.workspace.zone,
        )
        mine = f.col(CURRENCY) == lake.workspace.currency
        own = {name: f.when(mine, f.col(name)) for name in money}
        return rows.withColumns(own).withColumnRenamed("profile_id", "subject")

    def _on_own_clocks(self, rows: DataFrame, clocks: pl.DataFrame) -> DataFrame:
        """The same with what the clock of each customer showed at the event.

        Counted from our own table of clock changes: a cluster's Java need not know a zone that this machine knows.
        """
        from pyspark.sql import functions as f

        zones = [(zone, *offsets(zone)) for zone in clocks[OWN_ZONE].unique().sort()]
        known = pl.DataFrame(zones, schema=[OWN_ZONE, _STARTS, _AHEAD], orient="row")
        told = self._sent(clocks).join(f.broadcast(self._sent(known)), OWN_ZONE)
        passed = f.size(f.filter(_STARTS, lambda start: start <= f.col(AT)))
        ahead = f.element_at(_AHEAD, passed + 1)
        return rows.join(told, "subject").withColumn(OWN, f.col(AT) + ahead).drop(_STARTS, _AHEAD, OWN_ZONE)

    def _sent(self, frame: pl.DataFrame) -> DataFrame:
        return cast("Any", self._session).createDataFrame(frame.to_arrow())
