"""One build: every segment of a workspace that is new or changed, all at once, beside the tick."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience.build.everybody import everybody
from hourglass.audience.build.frames import Lake
from hourglass.audience.build.one_pass import Elsewhere, answer_all
from hourglass.audience.build.publish import Found, publish
from hourglass.audience.columns.scope import micros
from hourglass.audience.live.segments import LiveSegments, SegmentCache
from hourglass.audience.tree.compile import DUE
from hourglass.kernel import Workspace, monotonic
from hourglass.lake import look, moved_identities
from hourglass.postgres import Database, Queries, connect

_queries = Queries(Path(__file__).with_name("build.sql"))
_LOOK_EVERY = 0.005
_AGAIN = timedelta(minutes=10)
"""After which what failed is tried once more."""


class Built(Struct, frozen=True, kw_only=True):
    """How many segments were built, and how long that took."""

    segments: int = 0
    seconds: float = 0.0


class Superseded(Exception):
    """Nobody wants what is being built any more: it was changed, removed, or the program stops."""


def anything_to_build(database: Database, workspace: Workspace, now: datetime) -> list[int]:
    """Ids of the segments whose members do not answer the version in force."""
    with database.transaction() as tx:
        return [row[0] for row in _queries.tuples(tx, "work", workspace_id=workspace.id, again=now - _AGAIN)]


def build(
    database: Database,
    data: Path,
    workspace: Workspace,
    clock: Callable[[], datetime],
    stopped: Callable[[], bool] = lambda: False,
    elsewhere: Elsewhere | None = None,
    again: Sequence[str] = (),
) -> Built:
    """Build what there is to build; nothing when somebody else does. May be killed at any moment and begun again.

    `elsewhere` answers in place of this machine; segments of the keys in `again` are built whether they are or not.
    """
    started, now = monotonic(), clock()
    with _alone(database, workspace) as alone:
        if alone and again:
            with database.transaction() as tx:
                _queries.execute(tx, "again", workspace_id=workspace.id, keys=list(again))
        wanted = anything_to_build(database, workspace, now) if alone else []
        if not wanted:
            return Built()
        try:
            return Built(
                segments=_build(database, data, workspace, clock, stopped, elsewhere), seconds=monotonic() - started
            )
        except Superseded:
            return Built()
        except Exception as error:
            with database.transaction() as tx:
                _queries.execute(tx, "fail", workspace_id=workspace.id, problem=f"{type(error).__name__}: {error}")
            raise


def _build(
    database: Database,
    data: Path,
    workspace: Workspace,
    clock: Callable[[], datetime],
    stopped: Callable[[], bool],
    elsewhere: Elsewhere | None,
) -> int:
    now = clock()
    segments, ids = _begin(database, workspace, now)
    _wait_for_the_others(database, stopped)
    compiled = segments.compiled.part(ids.keys())
    picture = look(database, data)
    with database.transaction() as tx:
        identities = moved_identities(tx, workspace.id)
    people = everybody(database, workspace.id, compiled.needs.people)

    def step(done: int, total: int) -> None:
        with database.transaction() as tx:
            left = _queries.scalar(
                tx, "progress", workspace_id=workspace.id, ids=list(ids.values()), done=done, total=total
            )
        if not left or stopped():
            raise Superseded

    lake = Lake(picture=picture, workspace=workspace, identities=identities)
    answers = answer_all(compiled, people, lake, now, step, elsewhere=elsewhere)
    due = (micros(now) + pl.col(DUE)).cast(pl.Datetime("us", "UTC"))
    found = Found(compiled=compiled, ids=ids, answers=answers.with_columns(due.alias(DUE)), now=now, clock=clock)
    publish(database, workspace, found)
    _wait_for_the_others(database, stopped)
    with database.transaction() as tx:
        _queries.execute(tx, "drop_strangers", workspace_id=workspace.id, ids=list(ids.values()))
    return len(ids)


def _begin(database: Database, workspace: Workspace, now: datetime) -> tuple[LiveSegments, dict[str, int]]:
    """Say in a committed note what is being built; from then on ticks write down whom they ask."""
    with database.transaction() as tx:
        segments = SegmentCache().get(tx, workspace)
        work = {row[0] for row in _queries.tuples(tx, "work", workspace_id=workspace.id, again=now - _AGAIN)}
        ids = {key: id_ for key, id_ in segments.ids.items() if id_ in work}
        versions = [segments.versions[key] for key in ids]
        _queries.execute(tx, "begin", workspace_id=workspace.id, ids=list(ids.values()), versions=versions, now=now)
    return segments, ids


def _wait_for_the_others(database: Database, stopped: Callable[[], bool]) -> None:
    """Until every transaction is over that has written something by now."""
    with database.transaction() as tx:
        moment = _queries.scalar(tx, "moment")
    while True:
        with database.transaction() as tx:
            if _queries.scalar(tx, "passed", moment=moment):
                return
        if stopped():
            raise Superseded
        time.sleep(_LOOK_EVERY)


@contextmanager
def _alone(database: Database, workspace: Workspace) -> Generator[bool]:
    connection = connect(database.url)
    try:
        yield bool(_queries.scalar(connection, "try_alone", workspace_id=workspace.id))
    finally:
        connection.close()
