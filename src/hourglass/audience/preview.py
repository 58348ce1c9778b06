"""Who a condition means, before anything is saved: how many, a few with the reasons, and what leaves the others out."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.audience.build import RANK, Everybody, Lake, Warm, answer_all
from hourglass.audience.tree.compile import Compiled, compile_conditions
from hourglass.audience.tree.condition import AllOf, Condition, leaves
from hourglass.audience.tree.parse import parse_condition
from hourglass.audience.tree.seen import doubts
from hourglass.audience.tree.words import describe
from hourglass.definitions import Doubt
from hourglass.kernel import Workspace
from hourglass.lake import look, moved_identities
from hourglass.postgres import Database, Queries

_queries = Queries(Path(__file__).with_name("queries.sql"))
_SAMPLE = 20
_IDLE = 300.0
_IT = "it"
_LOCALES = ("en", "ru")


class Reason(Struct, frozen=True, kw_only=True):
    """An atomic condition in words, and whether it holds for the person."""

    words: dict[str, str]
    holds: bool


class Sampled(Struct, frozen=True, kw_only=True):
    """One person of the sample, and what of the condition is true of them."""

    id: int
    name: str | None
    email: str | None
    reasons: list[Reason]


class Excluded(Struct, frozen=True, kw_only=True):
    """A clause of the top level: of how many people it does not hold, and how many it alone leaves out."""

    words: dict[str, str]
    people: int
    alone: int


class Preview(Struct, frozen=True, kw_only=True):
    """How many people of how many, some of them, known ones first, and what leaves the others out."""

    count: int
    people: int
    sample: list[Sampled]
    excluded: list[Excluded]
    warnings: list[Doubt]
    """Names that nobody has sent yet."""


class Previewer:
    """Answers from the lake and what waits for it, and remembers what it read until nobody asks for some minutes."""

    def __init__(self, warm: Warm | None = None, idle: float = _IDLE) -> None:
        self._warm = warm or Warm()
        self._everybody = Everybody()
        self._idle = idle
        self._alarm: threading.Timer | None = None

    def preview(self, database: Database, data: Path, workspace: Workspace, document: Any, now: datetime) -> Preview:
        """Evaluate a condition document over everybody. Raises Malformed with the path."""
        try:
            return self._preview(database, data, workspace, document, now)
        finally:
            self._forget_when_idle()

    def _preview(self, database: Database, data: Path, workspace: Workspace, document: Any, now: datetime) -> Preview:
        condition = parse_condition(document)
        clauses = _clauses(condition)
        compiled = compile_conditions({_IT: condition} | clauses, workspace)
        picture = look(database, data)
        with database.transaction() as tx:
            identities = moved_identities(tx, workspace.id)
            warnings = doubts(tx, workspace.id, document, "condition")
        people = self._everybody.read(database, workspace.id, compiled.needs.people)
        lake = Lake(picture=picture, workspace=workspace, identities=identities)
        answers = answer_all(compiled, people, lake, now, read=self._warm.rows, reasons=True, due=False)
        return Preview(
            count=int(answers[_IT].sum()),
            people=answers.height,
            sample=_sample(database, workspace, compiled, answers.filter(_IT), people.filter(answers[_IT])[RANK]),
            excluded=_excluded(clauses, answers),
            warnings=warnings,
        )

    def _forget_when_idle(self) -> None:
        """Count the minutes anew."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = threading.Timer(self._idle, self._forget)
        self._alarm.daemon = True
        self._alarm.start()

    def _forget(self) -> None:
        self._warm.forget()
        self._everybody.forget()


def _clauses(condition: Condition) -> dict[str, Condition]:
    """What the top level joins by “and”; a condition that is none of these is its own only clause."""
    of = condition.of if isinstance(condition, AllOf) else (condition,)
    return {f"clause{place}": clause for place, clause in enumerate(of)}


def _excluded(clauses: Mapping[str, Condition], answers: pl.DataFrame) -> list[Excluded]:
    holding = pl.sum_horizontal(pl.col(key).cast(pl.Int32) for key in clauses)
    alone = [(~pl.col(key) & (holding == len(clauses) - 1)).sum().alias(f"{key} alone") for key in clauses]
    counts = answers.select(*[(~pl.col(key)).sum().alias(key) for key in clauses], *alone).row(0, named=True)
    return [
        Excluded(words=_words(clause), people=counts[key], alone=counts[f"{key} alone"])
        for key, clause in clauses.items()
    ]


def _sample(
    database: Database, workspace: Workspace, compiled: Compiled, found: pl.DataFrame, rank: pl.Series
) -> list[Sampled]:
    held = found[rank.arg_sort()[:_SAMPLE]]
    with database.transaction() as tx:
        chosen = _queries.tuples(tx, "sample", workspace_id=workspace.id, ids=held["subject"].to_list())
    rows = {row["subject"]: row for row in held.iter_rows(named=True)}
    asked = [(compiled.leaves[leaf], _words(leaf)) for leaf in leaves(compiled.conditions[_IT])]
    return [
        Sampled(
            id=id_,
            name=name,
            email=email,
            reasons=[Reason(words=words, holds=rows[id_][column]) for column, words in asked],
        )
        for id_, name, email in chosen
    ]


def _words(condition: Condition) -> dict[str, str]:
    return {locale: describe(condition, locale) for locale in _LOCALES}
