"""Makes the answers of a build the members of its segments: each segment at once, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience.live.ask import Asker
from hourglass.audience.live.recheck import plan_rechecks
from hourglass.audience.tree.compile import DUE, Compiled
from hourglass.history import EventNames
from hourglass.kernel import Workspace
from hourglass.postgres import Database, Queries, Transaction, copy_frame, read_packed

_queries = Queries(Path(__file__).with_name("build.sql"))
_PAIRS = {"profile_id": pl.Int64, "segment_id": pl.Int32}
_PAIRS_AT_ONCE = 200_000
_PLANS_AT_ONCE = 20_000
_ASK_AT_MOST = 20_000
"""Of more people than these the next ticks take care: asking all of them would keep the transaction open."""


class Found(Struct, frozen=True, kw_only=True):
    """What a build found: its answers, with `due` as a moment, and the ids of its segments by key."""

    compiled: Compiled
    ids: Mapping[str, int]
    answers: pl.DataFrame
    now: datetime
    clock: Callable[[], datetime]
    """For whoever had news since `now`."""


def publish(database: Database, workspace: Workspace, found: Found) -> None:
    """In short transactions: first when to look at people again, then group by group the members."""
    due = found.answers.filter(pl.col(DUE).is_not_null()).select("subject", DUE)
    for piece in due.iter_slices(_PLANS_AT_ONCE):
        with database.transaction() as tx:
            plan_rechecks(tx, workspace.id, piece)
    for keys in _groups(found):
        with database.transaction() as tx:
            _publish(tx, workspace, found, keys)


def _groups(found: Found) -> Iterator[list[str]]:
    """Small segments go together, a large one by itself."""
    group: list[str] = []
    pairs = 0
    for key in found.ids:
        holds = int(found.answers[key].sum())
        if group and pairs + holds > _PAIRS_AT_ONCE:
            yield group
            group, pairs = [], 0
        group.append(key)
        pairs += holds
    if group:
        yield group


def _publish(tx: Transaction, workspace: Workspace, found: Found, keys: list[str]) -> None:
    wanted = {found.ids[key]: key for key in keys}
    held = _queries.tuples(tx, "hold", workspace_id=workspace.id, ids=list(wanted))
    ids = {wanted[id_]: id_ for (id_,) in held}
    if not ids:
        return
    answers, left_out = _made_right(tx, workspace, found, list(ids))
    should = pl.concat(
        answers.filter(key).select(pl.col("subject").alias("profile_id"), pl.lit(id_, pl.Int32).alias("segment_id"))
        for key, id_ in ids.items()
    )
    values = {"workspace_id": workspace.id, "ids": list(ids.values())}
    current = read_packed(tx, _queries.sql("members"), values, _PAIRS)
    both = ["profile_id", "segment_id"]
    entered = should.join(current, on=both, how="anti")
    left = current.join(should, on=both, how="anti").filter(~pl.col("profile_id").is_in(left_out.implode()))
    _write(tx, workspace, ids, entered, left, found.now)


def _made_right(tx: Transaction, workspace: Workspace, found: Found, keys: list[str]) -> tuple[pl.DataFrame, pl.Series]:
    """The answers with those of the hot history for whoever had news meanwhile; and who is left to the ticks."""
    asked = read_packed(tx, _queries.sql("asked"), {"workspace_id": workspace.id}, {"subject": pl.Int64})
    answers = found.answers.select("subject", *keys).join(asked, on="subject", how="anti")
    if not asked.height or asked.height > _ASK_AT_MOST:
        return answers, asked["subject"]
    subjects = asked.with_columns(pl.col("subject").alias("profile_id"))
    again = Asker(EventNames()).ask(tx, workspace.id, found.compiled.part(keys), subjects, found.clock())
    plan_rechecks(tx, workspace.id, again.filter(pl.col(DUE).is_not_null()).select("subject", DUE))
    return pl.concat([answers, again.select("subject", *keys)]), asked["subject"].clear()


def _write(
    tx: Transaction,
    workspace: Workspace,
    ids: Mapping[str, int],
    entered: pl.DataFrame,
    left: pl.DataFrame,
    now: datetime,
) -> None:
    rows = entered.sort("profile_id", "segment_id").with_columns(
        pl.lit(workspace.id).alias("workspace_id"), pl.lit(now).alias("entered_at")
    )
    if rows.height:
        copy_frame(tx, "segment_members", ("workspace_id", "segment_id", "profile_id", "entered_at"), rows)
    came, went = _by_segment(entered), _by_segment(left)
    for id_, people in went.items():
        _queries.execute(tx, "leave", workspace_id=workspace.id, segment=id_, people=people)
    _queries.execute(
        tx,
        "publish",
        workspace_id=workspace.id,
        ids=list(ids.values()),
        entered=[len(came.get(id_, [])) for id_ in ids.values()],
        left=[len(went.get(id_, [])) for id_ in ids.values()],
        now=now,
    )


def _by_segment(pairs: pl.DataFrame) -> dict[int, list[int]]:
    grouped = pairs.group_by("segment_id").agg("profile_id")
    return dict(grouped.iter_rows())
