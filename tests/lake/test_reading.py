"""A statement that would do anything but read is refused before it comes near a file."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from hourglass.kernel import Malformed
from hourglass.lake.reading import quote_at, read_question

READING = (
    "SELECT 1",
    "select count(*) from events;",
    "WITH x AS (SELECT 1 AS a) FROM x",
    "WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM x WHERE a < 3) SELECT * FROM x",
    "FROM events",
    "VALUES (1), (2)",
    "TABLE events",
    "DESCRIBE events",
    "SUMMARIZE events",
    "SHOW TABLES",
    "SELECT 1 UNION SELECT 2",
    "(SELECT 1)",
    "SELECT * FROM (PIVOT (SELECT 1 AS a, 2 AS b) ON a IN (1, 2) USING sum(b))",
    "SELECT 'INSERT INTO events' AS text -- COPY",
)
WRITING = (
    "INSERT INTO events VALUES (1)",
    "UPDATE events SET revenue = 0",
    "DELETE FROM events",
    "CREATE TABLE a AS SELECT 1",
    "CREATE VIEW events AS SELECT 1",
    "DROP VIEW events",
    "COPY events TO '/tmp/events.csv'",
    "COPY (SELECT 1) TO '/tmp/events.csv'",
    "EXPORT DATABASE '/tmp/all'",
    "ATTACH '/tmp/other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 64",
    "PRAGMA threads = 64",
    "CALL pragma_version()",
    "CHECKPOINT",
    "BEGIN",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/events.csv'",
    "PREPARE x AS SELECT 1",
    "WITH x AS (COPY (SELECT 1) TO '/tmp/events.csv') SELECT * FROM x",
    "WITH x AS (INSERT INTO events VALUES (1) RETURNING *) SELECT * FROM x",
    "WITH x AS (DELETE FROM events RETURNING *) SELECT * FROM x",
    "SELECT * FROM (WITH x AS (COPY (SELECT 1) TO '/tmp/events.csv') SELECT * FROM x)",
    "SELECT 1 UNION ALL (WITH x AS (INSERT INTO events VALUES (1) RETURNING 1) SELECT * FROM x)",
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize("sql", READING)
def test_reading_is_welcome(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert read_question(connection, sql).written == sql


@pytest.mark.parametrize("sql", WRITING)
def test_anything_else_is_refused(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(Malformed, match="Nothing can be changed from here"):
        read_question(connection, sql)


@pytest.mark.parametrize(
    ("sql", "sentence", "place"),
    [
        ("", "no query", None),
        ("-- a thought", "no query", None),
        ("SELECT 1; SELECT 2", "One query at a time", None),
        ("selec 1", "syntax error", "line 1, column 1"),
        ("SELECT 1,\n  FROM FROM events", "syntax error", "line 2, column 8"),
        ("SELECT at, min(at) FROM FROM events", "syntax error", "line 1, column 25"),
        ("SELECT 'unfinished", "unterminated string", "line 1, column 8"),
        ("SELECT '\udce9'", "not UTF-8", None),
        ("SELECT 'a\0b'", "NUL", None),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_place(
    connection: duckdb.DuckDBPyConnection, sql: str, sentence: str, place: str | None
) -> None:
    with pytest.raises(Malformed, match=sentence) as refusal:
        read_question(connection, sql)
    assert refusal.value.path == place


@pytest.mark.parametrize(
    ("sql", "quoted"),
    [
        ("SELECT at FROM e", 'SELECT "at" FROM e'),
        ("SELECT min(AT), e.at FROM e", 'SELECT min("AT"), e."at" FROM e'),
        ("SELECT at AT TIME ZONE 'UTC' FROM e", "SELECT \"at\" AT TIME ZONE 'UTC' FROM e"),
        ("SELECT e.at at  time zone 'UTC'", "SELECT e.\"at\" at  time zone 'UTC'"),
        ("SELECT 'at', \"at\" -- at", "SELECT 'at', \"at\" -- at"),
        ("SELECT 'ё', at /* at */ FROM e", "SELECT 'ё', \"at\" /* at */ FROM e"),
        ("SELECT category, at_all FROM e", "SELECT category, at_all FROM e"),
        ("FROM e ORDER BY at", 'FROM e ORDER BY "at"'),
        ("", ""),
    ],
)
def test_the_column_at_needs_no_quotes(sql: str, quoted: str) -> None:
    assert quote_at(sql) == quoted
