"""Makes sure that a statement only reads, before it comes near a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import Struct

from hourglass.kernel import Malformed
from hourglass.lake.place import place_at

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# DuckDB's SELECT may hold others: WITH x AS (INSERT ..), WITH x AS (COPY .. TO a file).
_READING = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}
_WORD = re.compile(r"\w+")


class Question(Struct, frozen=True, kw_only=True):
    """A statement that only reads: as it was written, as DuckDB takes it, and the words in it."""

    written: str
    sql: str
    words: frozenset[str]


def read_question(connection: DuckDBPyConnection, written: str) -> Question:
    """The one statement of a text. Raises Malformed when it does anything but read, or cannot be understood."""
    if "\0" in written or any("\ud800" <= letter <= "\udfff" for letter in written):
        raise Malformed("The query holds a NUL character or is not UTF-8.")
    sql = quote_at(written)
    answer = connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0]
    tree: dict[str, Any] = msgspec.json.decode(answer)
    if tree["error"]:
        raise _not_understood(written, sql, tree)
    if not tree["statements"]:
        raise Malformed("There is no query. Write one like SELECT count(*) FROM events")
    if len(tree["statements"]) > 1:
        raise Malformed("One query at a time, please: there are several, divided by semicolons.")
    if any("cte_map" in node and node["type"] not in _READING for node in _nodes(tree)):
        raise _only_reading()
    return Question(written=written, sql=sql, words=frozenset(_WORD.findall(written.lower())))


def quote_at(sql: str) -> str:
    """`at` is a column of ours and a keyword of DuckDB: where it is no part of AT TIME ZONE, it gets its quotes."""
    import duckdb

    raw = sql.encode()
    places = [start for start, _ in duckdb.tokenize(sql)]
    spans = [*pairwise([*places, len(raw), len(raw)])]
    for (start, end), following in reversed([*pairwise(spans)]):
        if raw[start:end].strip().lower() == b"at" and raw[slice(*following)].strip().lower() not in (b"time", b"("):
            raw = raw[:start] + b'"' + raw[start : start + 2] + b'"' + raw[start + 2 :]
    return raw.decode()


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON document."""
    if isinstance(tree, dict):
        branch = cast("dict[str, Any]", tree)
        yield branch
        inside: Iterable[Any] = branch.values()
    else:
        inside = cast("list[Any]", tree) if isinstance(tree, list) else ()
    for value in inside:
        yield from _nodes(value)


def _not_understood(written: str, sql: str, tree: dict[str, Any]) -> Malformed:
    if tree["error_type"] != "parser":
        return _only_reading()
    place = place_at(written, sql, int(tree["position"])) if "position" in tree else None
    return Malformed(f"The query cannot be understood: {tree['error_message']}.", path=place)


def _only_reading() -> Malformed:
    return Malformed(
        "Nothing can be changed from here. A query starts with SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE or "
        "SHOW TABLES."
    )
