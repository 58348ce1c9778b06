"""Reading a field of a JSON column by its name, which may lead inside: `city`, `address.city`."""

from __future__ import annotations

from psycopg import sql


def json_field(column: sql.Composable, name: str) -> sql.Composable:
    """Its text, as `->>` gives it; a key that has the dot in its name goes before the way inside."""
    whole = sql.SQL("{}->>{}").format(column, sql.Literal(name))
    steps = name.split(".")
    if len(steps) == 1 or not all(steps):
        return whole
    inner = sql.SQL("{}#>>{}").format(column, sql.Literal(steps))
    return sql.SQL("coalesce({}, {})").format(whole, inner)
