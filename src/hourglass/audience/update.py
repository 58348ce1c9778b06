"""Keeps segments live: after each batch, the people whom it or the passing of time can have moved are asked again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience.build.standing import ask_again, note_asked, ready
from hourglass.audience.live.ask import Asker
from hourglass.audience.live.recheck import plan_rechecks
from hourglass.audience.live.segments import LiveSegments, SegmentCache
from hourglass.history import EventNames
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction, read_packed

_queries = Queries(Path(__file__).with_name("queries.sql"))
_RECHECKS_PER_TICK = 5000
_PAIRS = {"profile_id": pl.Int64, "segment_id": pl.Int32}
_KEYS = {"key": pl.String, "segment_id": pl.Int32}
NOBODY = pl.DataFrame(schema=_PAIRS)


class Moved(Struct, frozen=True, kw_only=True):
    """Who entered and who left: (profile_id, segment_id) pairs, and how many people were asked."""

    entered: pl.DataFrame
    left: pl.DataFrame
    asked: int


class Audience:
    """The live segments of all workspaces."""

    def __init__(self, names: EventNames) -> None:
        self._cache = SegmentCache()
        self._asker = Asker(names)

    def update(
        self,
        tx: Transaction,
        workspace: Workspace,
        *,
        touched: Mapping[str, Iterable[int]],
        changed: Collection[int],
        now: datetime,
        due: datetime | None,
    ) -> Moved:
        """`touched`: people of the batch by event name; `changed`: people who are new or whose facts changed.

        `due`: up to when time alone moves people; None: not at all.
        """
        # Claimed before the definitions are read: see build/standing.py.
        roused = _claim_due(tx, workspace, due)
        segments = self._cache.get(tx, workspace)
        standing = ready(tx, workspace.id, segments)
        if not standing.building and ask_again(tx, workspace.id, now):
            roused |= _claim_due(tx, workspace, due)
        keys = segments.touched(set(touched))
        whole = set(changed) | roused
        some = set[int]().union(*(people for name, people in touched.items() if name in segments.watching)) - whole
        if standing.building:
            note_asked(tx, workspace.id, whole | some)
        if len(keys) == len(segments.ids):
            # All of them are touched: asking everybody at once costs less than asking twice.
            whole, some = whole | some, set[int]()
        moved = [
            self._ask_again(tx, workspace, segments, ids, asked, now)
            for ids, asked in ((whole, standing.keys), (some, keys & standing.keys))
            if ids and asked
        ]
        return Moved(
            entered=pl.concat([came for came, _ in moved]) if moved else NOBODY,
            left=pl.concat([went for _, went in moved]) if moved else NOBODY,
            asked=len(whole) + len(some) if segments.ids else 0,
        )

    def _ask_again(
        self,
        tx: Transaction,
        workspace: Workspace,
        segments: LiveSegments,
        people: set[int],
        keys: Collection[str],
        now: datetime,
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        subject = pl.Series("subject", sorted(people), dtype=pl.Int64)
        subjects = pl.DataFrame([subject, subject.alias("profile_id")])
        answers = self._asker.ask(tx, workspace.id, segments.compiled.part(keys), subjects, now)
        plan_rechecks(tx, workspace.id, answers)
        ids = {key: segments.ids[key] for key in keys}
        return _settle_members(tx, workspace, ids, answers, now)

    def next_due(self, tx: Transaction, workspace: Workspace) -> datetime | None:
        """When time alone will move somebody next."""
        return _queries.scalar(tx, "next_due", workspace_id=workspace.id)


def _claim_due(tx: Transaction, workspace: Workspace, due: datetime | None) -> set[int]:
    if due is None:
        return set()
    rows = _queries.tuples(tx, "claim_due", workspace_id=workspace.id, now=due, most=_RECHECKS_PER_TICK)
    return {row[0] for row in rows}


def _settle_members(
    tx: Transaction, workspace: Workspace, segments: Mapping[str, int], answers: pl.DataFrame, now: datetime
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`segments`: ids by key, those that were asked about."""
    ids = pl.LazyFrame({"key": list(segments), "segment_id": list(segments.values())}, schema=_KEYS)
    should = (
        answers.lazy()
        .unpivot(index="subject", on=list(segments), variable_name="key", value_name="holds")
        .filter("holds")
        .join(ids, on="key")
        .select(pl.col("subject").alias("profile_id"), "segment_id")
    )
    values = {"workspace_id": workspace.id, "ids": answers["subject"].to_list()}
    current = read_packed(tx, _queries.sql("memberships"), values, _PAIRS).lazy().join(ids, on="segment_id", how="semi")
    both = ["profile_id", "segment_id"]
    entered, left = pl.collect_all(
        [should.join(current, on=both, how="anti"), current.join(should, on=both, how="anti")]
    )
    for name, pairs in (("enter", entered), ("leave", left)):
        if pairs.height:
            _queries.execute(
                tx,
                name,
                workspace_id=workspace.id,
                profiles=pairs["profile_id"].to_list(),
                segments=pairs["segment_id"].to_list(),
                **({"now": now} if name == "enter" else {}),
            )
    return entered, left
