"""Where in a query something is wrong, and what, in words for the one who wrote it."""

from __future__ import annotations

import re

from hourglass.kernel import Malformed

VIEWS = ("events", "profiles", "orders", "messages")
"""What a query can be about."""

_MARKED = re.compile(r"\n+LINE (\d+): (.*)\n( *)\^", re.DOTALL)
_CUT = "..."
_KIND = re.compile(r"^(?:C Data interface error: )?(?:[\w ]+ Error: )?")
_NO_TABLE = re.compile(r"(Table with name .*? does not exist!).*", re.DOTALL)


def explain(written: str, sql: str, error: str) -> Malformed:
    """DuckDB's complaint about `sql` as a sentence with the place in what was `written`."""
    marked = _MARKED.search(error)
    said = _KIND.sub("", error[: marked.start()] if marked else error)
    said = _NO_TABLE.sub(rf"\1 There are {', '.join(VIEWS[:-1])} and {VIEWS[-1]}.", said)
    said = re.sub(r"\s+", " ", said).strip()
    return Malformed(f"The query cannot be answered: {said}", path=_place(written, sql, marked) if marked else None)


def place_at(written: str, sql: str, position: int) -> str:
    """The place in what was written of a byte of what DuckDB got."""
    before = sql.encode()[:position].decode(errors="ignore")
    return _line_and_column(written, sql, before.count("\n"), len(before.rpartition("\n")[2]))


def _place(written: str, sql: str, marked: re.Match[str]) -> str:
    line = int(marked[1])
    column = len(marked[3]) - len(f"LINE {line}: ")
    if marked[2].startswith(_CUT):  # of a long line only a part is shown
        part = marked[2].removeprefix(_CUT).removesuffix(_CUT)
        column += sql.split("\n")[line - 1].find(part) - len(_CUT)
    return _line_and_column(written, sql, line - 1, column)


def _line_and_column(written: str, sql: str, line: int, column: int) -> str:
    """Take back the quotes added to the line before this column; places count from 0 here, from 1 for people."""
    theirs = (written.split("\n")[line : line + 1] or [""])[0]
    ours = (sql.split("\n")[line : line + 1] or [""])[0]
    added = 0
    for index, letter in enumerate(ours[:column]):
        if letter == '"' and theirs[index - added : index - added + 1] != '"':
            added += 1
    return f"line {line + 1}, column {column - added + 1}"
