"""Why somebody never entered a journey: the entry, held against what is known of the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.audience import Asker, Condition, compile_conditions, describe, parse_condition
from hourglass.backtest.words import Words, decision_words
from hourglass.definitions import Definition, Document
from hourglass.history import EventNames
from hourglass.journeys import Journey
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("why.sql"))


class Reason(Struct, frozen=True, kw_only=True):
    """The first thing that stood in the way. `rule`: what it was held against."""

    code: str
    words: Words
    rule: str | None = None


def why_not(
    tx: Transaction, workspace: Workspace, found: Definition, journey: Journey, family: Sequence[int], now: datetime
) -> Reason:
    """`family`: the person and whom they absorbed. Somebody who did enter has no such reason."""
    if found.state != "live":
        return _reason("not_live", name=journey.name, state=found.state)
    entry: Document = found.body.get("entry") or {}
    place = {"workspace_id": workspace.id, "profiles": list(family)}
    launched = _queries.scalar(tx, "launched", workspace_id=workspace.id, journey_id=found.id)
    if isinstance(entry.get("event"), str):
        return _by_event(tx, workspace, entry, place, launched, now)
    if isinstance(entry.get("segment"), str):
        return _by_segment(tx, workspace, entry, place, launched)
    trait = entry.get("date") if isinstance(entry.get("date"), str) else None
    if trait is not None:
        value = _queries.scalar(tx, "trait", workspace_id=workspace.id, id=family[0], trait=trait)
        return _reason("no_trait" if value is None else "not_that_day", trait=trait, value=value)
    return _reason("not_brought", name=journey.name)


def _by_event(
    tx: Transaction, workspace: Workspace, entry: Document, place: dict[str, Any], launched: datetime, now: datetime
) -> Reason:
    event = entry["event"]
    [(times, last)] = _queries.tuples(tx, "came", event=event, **place)
    if not times:
        return _reason("never_came", event=event)
    told = {"event": event, "times": times, "last": _shown(last, workspace), "launched": _shown(launched, workspace)}
    if last < launched:
        return _reason("before_launch", **told)
    clauses: list[Document] = entry.get("where") or []
    asked = {f"c{i}": parse_condition({"event": event, "where": [one]}, "entry") for i, one in enumerate(clauses)}
    held = _held(tx, workspace, asked, place["profiles"][0], now)
    missed = [condition for name, condition in asked.items() if not held[name]]
    if missed:
        rule = {language: "; ".join(describe(one, language) for one in missed) for language in ("en", "ru")}
        return _reason("never_fitted", rule, **told)
    return _reason("fitted_not", **told)


def _held(
    tx: Transaction, workspace: Workspace, asked: dict[str, Condition], person: int, now: datetime
) -> dict[str, bool]:
    if not asked:
        return {}
    compiled = compile_conditions(asked, workspace)
    subjects = pl.DataFrame({"subject": [person], "profile_id": [person]})
    (row,) = Asker(EventNames()).ask(tx, workspace.id, compiled, subjects, now).rows(named=True)
    return {name: bool(row[name]) for name in asked}


def _by_segment(
    tx: Transaction, workspace: Workspace, entry: Document, place: dict[str, Any], launched: datetime
) -> Reason:
    segment = entry["segment"]
    since = _queries.scalar(tx, "member_since", segment=segment, **place)
    if since is None:
        return _reason("not_member", segment=segment)
    told = {"segment": segment, "since": _shown(since, workspace), "launched": _shown(launched, workspace)}
    return _reason("member_before" if since < launched else "member_now", **told)


def _reason(code: str, rule: Words | None = None, /, **told: Any) -> Reason:
    return Reason(
        code=code, words=decision_words(code, {**told, "rule": rule}), rule=None if rule is None else rule["en"]
    )


def _shown(at: datetime, workspace: Workspace) -> str:
    return f"{at.astimezone(workspace.tz()):%Y-%m-%d %H:%M}"
