"""Says of each difference which clause live membership and the rebuild see differently."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience.build.everybody import everybody
from hourglass.audience.build.frames import Lake
from hourglass.audience.build.one_pass import Elsewhere, answer_all
from hourglass.audience.live.ask import Asker
from hourglass.audience.live.segments import SegmentCache
from hourglass.audience.tree.compile import Compiled
from hourglass.history import EventNames
from hourglass.kernel import Workspace
from hourglass.lake import look, moved_identities
from hourglass.postgres import Database


class Clause(Struct, frozen=True, kw_only=True):
    """One atomic condition in words, with its answer from the hot history and from the lake."""

    words: dict[str, str]
    live: bool
    rebuilt: bool


class Difference(Struct, frozen=True, kw_only=True):
    """A person who is a member and should not be, or is none and should be.

    `clauses` are those on which hot history and lake disagree. Where there are none, both see the same facts, and it is
    the membership that was not renewed.
    """

    person: int
    segment: str
    member: bool
    clauses: list[Clause]


def explain(
    database: Database,
    data: Path,
    workspace: Workspace,
    wrong: pl.DataFrame,
    now: datetime,
    elsewhere: Elsewhere | None = None,
) -> list[Difference]:
    """`wrong`: subject, key, should."""
    with database.transaction() as tx:
        segments = SegmentCache().get(tx, workspace)
        identities = moved_identities(tx, workspace.id)
        compiled = segments.compiled.part(set(wrong["key"]))
        subjects = wrong.select("subject").unique().with_columns(pl.col("subject").alias("profile_id"))
        live = Asker(EventNames()).ask(tx, workspace.id, compiled, subjects, now, reasons=True)
    people = everybody(database, workspace.id, compiled.needs.people).join(wrong, on="subject", how="semi")
    lake = Lake(picture=look(database, data), workspace=workspace, identities=identities)
    rebuilt = answer_all(compiled, people, lake, now, elsewhere=elsewhere, reasons=True)
    told = [{row["subject"]: row for row in frame.iter_rows(named=True)} for frame in (live, rebuilt)]
    return [
        Difference(
            person=person,
            segment=key,
            member=not should,
            clauses=_clauses(compiled.part([key]), compiled, *(one.get(person, {}) for one in told)),
        )
        for person, key, should in wrong.iter_rows()
    ]


def _clauses(segment: Compiled, whole: Compiled, live: dict[str, bool], rebuilt: dict[str, bool]) -> list[Clause]:
    """The leaves of one segment that were answered differently."""
    found: list[Clause] = []
    for leaf in segment.leaves:
        here, there = live.get(whole.leaves[leaf]), rebuilt.get(whole.leaves[leaf])
        if here is not None and there is not None and here != there:
            words = {locale: leaf.words(locale) for locale in ("en", "ru")}
            found.append(Clause(words=words, live=here, rebuilt=there))
    return found
