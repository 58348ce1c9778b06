"""Reads how the people of an experiment fared, by arm: one statement over all of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, cast

from msgspec import Struct

from hourglass.experiments.moments import Moments
from hourglass.experiments.source import Source
from hourglass.kernel import Workspace
from hourglass.messages import POLICY
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("people.sql"))
PAST = timedelta(days=90)
"""How far back the past reaches that sharpens a comparison."""
Metric = Literal["conversion", "orders", "revenue", "credited", "unsubscribed", "complained"]


class Tally(Struct, frozen=True, kw_only=True):
    """One outcome of one arm. `people`: those whose window is over; money in minor units."""

    arm: str
    metric: Metric
    assigned: int
    crossed: int
    """People who were later found in another arm too, most often by a merge; they count where they were first."""
    people: int
    happened: int
    total: float
    mean: float
    variance: float
    before: float
    before_variance: float
    covariance: float

    @property
    def moments(self) -> Moments:
        """For the comparison."""
        return Moments(
            people=self.people,
            mean=self.mean,
            variance=self.variance,
            happened=self.happened,
            before=self.before,
            before_variance=self.before_variance,
            covariance=self.covariance,
        )


Tallies = dict[str, dict[Metric, Tally]]


def tally(tx: Transaction, workspace: Workspace, source: Source, window: timedelta, now: datetime) -> Tallies:
    """By arm and metric. Everybody assigned counts, also whom a message never reached: else the lot would be undone."""
    control = _kept_out(tx, workspace, source)
    _queries.execute(tx, "read_whole")
    rows = _queries.rows(
        tx,
        "moments",
        Tally,
        workspace_id=workspace.id,
        source=source.kind if source.step is None else "variants" if source.kind == "campaign" else "step",
        definition_id=source.definition_id,
        step=source.step or "",
        since=source.since,
        control=control,
        window=window,
        past=PAST,
        currency=workspace.currency,
        now=now,
    )
    _queries.execute(tx, "read_as_usual")
    found: Tallies = {}
    for row in rows:
        found.setdefault(row.arm, {})[row.metric] = row
    return found


def _kept_out(tx: Transaction, workspace: Workspace, source: Source) -> list[int]:
    """Whom the policy's lot keeps out, among all for whom something was made."""
    control = cast("Any", POLICY.read(source.body)).control if source.kind == "policy" else None
    if control is None:
        return []
    everybody = _queries.tuples(tx, "written_to", workspace_id=workspace.id, since=source.since)
    return [row[0] for row in everybody if control.holds(row[0])]
