"""Named queries: how the file is read, and what comes back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Database, Queries

SQL = """
-- Whatever stands before the first name is for people.

-- name: tricky
-- It's a comment: with an apostrophe, 50% and a :colon.
SELECT ':not_this', 'it''s 5%', :word::text, 7 % 4, (ARRAY[1,2,3])[1:2], 'a' LIKE 'a%' -- :nor_this, isn't it

-- name: workspaces
SELECT id, key, '{"zone": "UTC"}'::jsonb AS settings FROM workspaces WHERE id = ANY(:ids);

-- name: rename
UPDATE workspaces SET name = :name WHERE id = :workspace_id;

-- name: echo_id
SELECT :id::uuid;
"""


class Place(Struct, frozen=True, kw_only=True):
    zone: str


class Workspace(Struct, frozen=True, kw_only=True):
    id: WorkspaceId
    key: str
    settings: Place


@pytest.fixture
def queries(tmp_path: Path) -> Queries:
    return read(tmp_path, SQL)


def test_text_that_only_looks_like_a_parameter_stays(database: Database, queries: Queries) -> None:
    with database.transaction() as tx:
        assert queries.tuples(tx, "tricky", word="wörd") == [(":not_this", "it's 5%", "wörd", 3, [1, 2], True)]


def test_rows_become_structs(database: Database, queries: Queries) -> None:
    expected = Workspace(id=WorkspaceId(1), key="default", settings=Place(zone="UTC"))
    with database.transaction() as tx:
        assert queries.rows(tx, "workspaces", Workspace, ids=[1, 2]) == [expected]
        assert queries.one(tx, "workspaces", Workspace, ids=[1]) == expected
        assert queries.one(tx, "workspaces", Workspace, ids=[2]) is None


def test_one_value_and_a_row_count(database: Database, queries: Queries) -> None:
    some = UUID(int=7)
    with database.transaction() as tx:
        assert queries.scalar(tx, "echo_id", id=some) == some
        assert queries.scalar(tx, "workspaces", ids=[9]) is None
        assert queries.execute(tx, "rename", workspace_id=1, name="100% Shop") == 1
        assert queries.execute(tx, "rename", workspace_id=9, name="x") == 0


@pytest.mark.parametrize("text", ["-- name: two words\nSELECT 1", "-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;"])
def test_a_wrong_name_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"queries\.sql.*-- name: wake_due"):
        read(tmp_path, text)


def test_an_unknown_name_is_an_error(queries: Queries) -> None:
    with pytest.raises(KeyError):
        queries.sql("nobody")


def read(folder: Path, text: str) -> Queries:
    path = folder / "queries.sql"
    path.write_text(text, encoding="utf-8")
    return Queries(path)
