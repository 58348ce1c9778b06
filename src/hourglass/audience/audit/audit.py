"""Rebuilds every segment from the lake and looks who is in it live, but should not be, or the other way round.

The shop goes on meanwhile: people whom the next tick will ask anyway are left out, and whoever seems wrong is looked at
again with a fresh picture. Only what stays wrong is a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience.audit.explain import Difference, explain
from hourglass.audience.build.everybody import everybody
from hourglass.audience.build.frames import Lake
from hourglass.audience.build.one_pass import Elsewhere, answer_all
from hourglass.audience.build.standing import ready
from hourglass.audience.live.segments import SegmentCache
from hourglass.kernel import Workspace, monotonic
from hourglass.lake import look, moved_identities
from hourglass.postgres import Database, Queries, read_packed

_queries = Queries(Path(__file__).with_name("audit.sql"))
_LOOKS = 4
_SHOWN = 100
_PAIRS = {"subject": pl.Int64, "segment_id": pl.Int32}
_WRONG = {"subject": pl.Int64, "key": pl.String, "should": pl.Boolean}


class AuditReport(Struct, frozen=True, kw_only=True):
    """What was compared, and what differs: how many people in how many segments, and the first hundred differences."""

    at: datetime
    people: int
    segments: int
    wrong: int
    differences: list[Difference]
    seconds: float


def audit(
    database: Database,
    data: Path,
    workspace: Workspace,
    clock: Callable[[], datetime],
    elsewhere: Elsewhere | None = None,
) -> AuditReport:
    """Compare all built segments of a workspace. Reads only; memory and time are those of one build.

    `elsewhere` answers in place of this machine.
    """
    started, now = monotonic(), clock()
    segments, wrong, people = _look(database, data, workspace, now, None, elsewhere)
    for _ in range(_LOOKS - 1):
        if not wrong.height:
            break
        now = clock()
        segments, still, _ = _look(database, data, workspace, now, wrong, elsewhere)
        wrong = still.join(wrong, on=["subject", "key", "should"], how="semi")
    shown = wrong.sort("key", "subject").head(_SHOWN)
    return AuditReport(
        at=now,
        people=people,
        segments=len(segments),
        wrong=wrong.height,
        differences=explain(database, data, workspace, shown, now, elsewhere) if shown.height else [],
        seconds=monotonic() - started,
    )


def _look(
    database: Database,
    data: Path,
    workspace: Workspace,
    now: datetime,
    only: pl.DataFrame | None,
    elsewhere: Elsewhere | None,
) -> tuple[Mapping[str, int], pl.DataFrame, int]:
    """(segments compared, who is in the wrong place, how many people were looked at)."""
    with database.transaction() as tx:
        segments = SegmentCache().get(tx, workspace)
        keys = ready(tx, workspace.id, segments).keys
        identities = moved_identities(tx, workspace.id)
    ids = {key: segments.ids[key] for key in sorted(keys)}
    compiled = segments.compiled.part(ids.keys())
    people = everybody(database, workspace.id, compiled.needs.people)
    if only is not None:
        people = people.join(only, on="subject", how="semi")
    lake = Lake(picture=look(database, data), workspace=workspace, identities=identities)
    answers = answer_all(compiled, people, lake, now, elsewhere=elsewhere)
    wrong = _differing(database, workspace, ids, answers, now)
    return ids, wrong, people.height


def _differing(
    database: Database,
    workspace: Workspace,
    ids: Mapping[str, int],
    answers: pl.DataFrame,
    now: datetime,
) -> pl.DataFrame:
    """Pairs on which members and answers do not agree, but for people whom a tick is about to ask."""
    if not ids:
        return pl.DataFrame(schema=_WRONG)
    keys = pl.DataFrame({"key": list(ids), "segment_id": list(ids.values())}, schema_overrides={"segment_id": pl.Int32})
    with database.transaction() as tx:
        values = {"workspace_id": workspace.id, "ids": list(ids.values()), "now": now}
        members = read_packed(tx, _queries.sql("members"), values, _PAIRS).join(keys, on="segment_id")
        pending = read_packed(tx, _queries.sql("pending"), values, {"subject": pl.Int64})
    known = answers.select("subject").join(pending, on="subject", how="anti")
    should = answers.unpivot(index="subject", on=list(ids), variable_name="key", value_name="holds").filter("holds")
    both = ["subject", "key"]
    lacking = should.join(members, on=both, how="anti").select(*both, pl.lit(value=True).alias("should"))
    surplus = members.join(should, on=both, how="anti").select(*both, pl.lit(value=False).alias("should"))
    return pl.concat([lacking, surplus]).join(known, on="subject", how="semi").cast(_WRONG)  # pyright: ignore[reportArgumentType]
