"""Reads a file of named SQL queries into the form psycopg takes."""

from __future__ import annotations

import re
from pathlib import Path

_HEAD = re.compile(r"^--\s*name:(.*)$", re.MULTILINE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TOKEN = re.compile(
    r"--[^\n]*"  # a comment: gone, so an apostrophe in it means nothing
    r"|(?P<text>'(?:[^']|'')*')|(?P<keep>\"(?:[^\"]|\"\")*\"|::)"  # literals, quoted names, casts
    r"|(?P<percent>%)|:(?P<parameter>[a-z_]\w*)"
)


def read_sql_file(path: Path) -> dict[str, str]:
    """Name → text; `:word` becomes `%(word)s` and a percent sign is doubled. Raises ValueError with the place."""
    _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
    queries: dict[str, str] = {}
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        name = heading.strip()
        if not _NAME.fullmatch(name) or name in queries:
            raise ValueError(
                f"{path}: “-- name: {name}” is no name, or is there twice; write it like -- name: wake_due"
            )
        queries[name] = _TOKEN.sub(_render, body).strip().removesuffix(";")
    return queries


def _render(token: re.Match[str]) -> str:
    if token["parameter"]:
        return f"%({token['parameter']})s"
    if token["percent"]:
        return "%%"
    return (token["text"] or token["keep"] or "").replace("%", "%%")
