"""SQL over the lake for people: DuckDB reads the open files, PostgreSQL lends the tables of today."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from hourglass.kernel import WorkspaceId
from hourglass.lake import store
from hourglass.lake.answer import Answer, LakeRewritten, answer_of
from hourglass.lake.live import MESSAGES, ORDERS, PROFILES, moved_identities, nobody, read_live
from hourglass.lake.picture import look
from hourglass.lake.reading import read_question
from hourglass.lake.views import Limits, load, lock_down, open_duckdb, show_events
from hourglass.postgres import Database, find_workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LIVE = (PROFILES, ORDERS, MESSAGES)
_ATTEMPTS = 5
FIRST = WorkspaceId(1)


def query(
    database: Database, data: Path, sql: str, *, workspace_id: WorkspaceId = FIRST, limits: Limits | None = None
) -> pl.DataFrame:
    """The answer as one frame; see `answering` for very long ones.

    There are the views `events` (with what is not flushed yet), `profiles`, `orders` and `messages`; times are in the
    workspace's zone, money is in major units. Raises Malformed with the place where the SQL is wrong or would change
    something, NotFound without the workspace.
    """
    with answering(database, data, sql, workspace_id=workspace_id, limits=limits) as answer:
        return answer.whole()


@contextmanager
def answering(
    database: Database, data: Path, sql: str, *, workspace_id: WorkspaceId = FIRST, limits: Limits | None = None
) -> Generator[Answer]:
    """The answer while it is made: its rows need not fit into memory. Raises as `query` does, also while it is read."""
    with TemporaryDirectory(prefix="hourglass-query-") as spill, ExitStack() as stack:
        bounds = limits or Limits()
        answer, attempts = None, _ATTEMPTS
        while answer is None:
            attempts -= 1
            connection = stack.enter_context(open_duckdb(spill, bounds))
            try:
                answer = _ask(connection, database, data, sql, workspace_id)
            except LakeRewritten:
                if not attempts:
                    raise
        yield answer


def _ask(connection: DuckDBPyConnection, database: Database, data: Path, sql: str, workspace_id: WorkspaceId) -> Answer:
    question = read_question(connection, sql)
    picture = look(database, data)
    with database.transaction() as tx:
        store.same_moment(tx)
        workspace = find_workspace(tx, workspace_id)
        show_events(connection, picture, moved_identities(tx, workspace_id), workspace)
        for table in _LIVE:
            # What the query does not speak of stays empty, so that SHOW TABLES and DESCRIBE know it all the same.
            wanted = table.name in question.words
            load(connection, table, read_live(tx, table, workspace_id) if wanted else nobody(table))
    lock_down(connection, [file.path for file in picture.files], workspace.zone)
    return answer_of(connection, question)
