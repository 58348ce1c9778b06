"""A database whose transactions break off in the middle when they are told to."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Literal, cast

import psycopg

from hourglass.postgres import Database, Transaction

Accident = Literal["dies", "again", "singly"]
"""The process is gone; PostgreSQL asks to try again; something in the batch fails, so that it is taken apart."""


class Gone(BaseException):
    """The process is gone."""


class _Failing(Exception):
    """Something in the batch that nobody foresaw."""


_ERRORS: dict[Accident, type[BaseException]] = {
    "dies": Gone,
    "again": psycopg.errors.SerializationFailure,
    "singly": _Failing,
}


class FragileDatabase(Database):
    """Works like any other until `break_off` is called, and again after it has broken once."""

    _left: int | None = None
    _error: type[BaseException] = Gone

    def break_off(self, accident: Accident, after: int) -> None:
        """One of the next transactions does so many statements more, or all of its own, and fails."""
        self._error, self._left = _ERRORS[accident], after

    def mend(self) -> None:
        """What has not broken yet never does."""
        self._left = None

    @contextmanager
    def transaction(self) -> Generator[Transaction]:
        with super().transaction() as tx:
            yield cast("Transaction", _Fragile(tx, self)) if self._left is not None else tx
            if self._left is not None:
                self.count(self._left + 1)

    def count(self, statements: int) -> None:
        """So many more are done."""
        if self._left is None:
            return
        self._left -= statements
        if self._left < 0:
            self._left = None
            raise self._error


class _Fragile:
    """A connection that counts."""

    def __init__(self, tx: Transaction, database: FragileDatabase) -> None:
        self._tx, self._database = tx, database

    def execute(self, *some: Any, **more: Any) -> Any:
        self._database.count(1)
        return self._tx.execute(*some, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)
