"""Why somebody never entered a journey: the entry, held against what is known of the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.audience import Asker, Condition, compile_conditions, describe, parse_condition
from hourglass.definitions import Definition, Document
from hourglass.history import EventNames
from hourglass.journeys import Journey, OnDate, OnEvent, OnProduct, OnSchedule, OnSegment, next_occasion
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction
from hourglass.reports.words import Words, again_words, decision_words, span_words

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
    place = {"workspace_id": workspace.id, "profiles": list(family), "journey_id": found.id}
    waiting = _queries.scalar(tx, "at_the_door", **place)
    if waiting is not None:
        return _reason("at_the_door", at=_shown(waiting, workspace))
    return _by_way(tx, workspace, found, journey, place, now)


def _by_way(
    tx: Transaction, workspace: Workspace, found: Definition, journey: Journey, place: dict[str, Any], now: datetime
) -> Reason:
    match journey.entry.way:
        case OnEvent():
            return _by_event(tx, workspace, found, journey, place, now)
        case OnSegment() | OnSchedule() as way:
            return _by_segment(tx, workspace, way, place, now)
        case OnDate(trait=trait):
            value = _queries.scalar(tx, "trait", workspace_id=workspace.id, id=place["profiles"][0], trait=trait)
            return _reason("no_trait" if value is None else "not_that_day", trait=trait, value=value)
        case OnProduct() as way:
            return _by_product(tx, workspace, way, place, now)
        case _:
            return _reason("not_brought", name=journey.name)


def why_not_again(
    tx: Transaction, workspace: Workspace, journey: Journey, family: Sequence[int], last_entry: datetime
) -> Reason | None:
    """Why the event that let somebody in did not do so once more; None where it did not come again."""
    way = journey.entry.way
    if not isinstance(way, OnEvent) or way.where or journey.correlate is not None:
        return None
    place = {"workspace_id": workspace.id, "profiles": list(family), "event": way.event}
    last = _queries.scalar(tx, "came_since", since=last_entry, **place)
    if last is None or journey.reentry.mode == "parallel":
        return None
    mode = journey.reentry.mode if journey.reentry.mode != "after_exit" else "inside"
    rule = again_words(mode, journey.reentry.after or timedelta())
    return _reason("not_again", rule, event=way.event, last=_shown(last, workspace))


def _by_event(
    tx: Transaction, workspace: Workspace, found: Definition, journey: Journey, place: dict[str, Any], now: datetime
) -> Reason:
    event = journey.entry.event
    entry: Document = found.body["entry"]
    clauses: list[Document] = entry.get("where") or []
    launched: datetime = _queries.scalar(tx, "launched", **place)
    [(times, last)] = _queries.tuples(tx, "came", event=event, **place)
    if not times:
        return _reason("never_came", event=event)
    told = {"event": event, "times": times, "last": _shown(last, workspace), "launched": _shown(launched, workspace)}
    if last < launched:
        return _reason("before_launch", **told)
    asked = {f"c{i}": parse_condition({"event": event, "where": [one]}, "entry") for i, one in enumerate(clauses)}
    held = _held(tx, workspace, asked, place["profiles"][0], now)
    missed = [condition for name, condition in asked.items() if not held[name]]
    if missed:
        rule = {language: "; ".join(describe(one, language) for one in missed) for language in ("en", "ru")}
        return _reason("never_fitted", rule, **told)
    return _reason("fitted_not", **told, max_age=span_words(journey.max_age))


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
    tx: Transaction, workspace: Workspace, way: OnSegment | OnSchedule, place: dict[str, Any], now: datetime
) -> Reason:
    since = _queries.scalar(tx, "member_since", segment=way.segment, **place)
    launched: datetime = _queries.scalar(tx, "launched", **place)
    following = next_occasion(way, workspace, now)
    told = {
        "segment": way.segment,
        "since": "" if since is None else _shown(since, workspace),
        "launched": _shown(launched, workspace),
        "next": "—" if following is None else _shown(following, workspace),
    }
    if isinstance(way, OnSchedule):
        return _reason("not_member_then" if since is None else "not_yet_time", **told)
    if way.on == "left":
        return _reason("not_left" if since is None else "still_member", **told)
    if since is None:
        return _reason("not_member", **told)
    return _reason("member_before" if since < launched else "member_now", **told)


def _by_product(tx: Transaction, workspace: Workspace, way: OnProduct, place: dict[str, Any], now: datetime) -> Reason:
    names, sinces = [name for name, _ in way.interested], [now - span for _, span in way.interested]
    last = _queries.scalar(tx, "interest", names=names, sinces=sinces, **place)
    if last is None:
        return _reason("no_interest", events=", ".join(names))
    return _reason("nothing_changed", last=_shown(last, workspace))


def _reason(code: str, rule: Words | None = None, /, **told: Any) -> Reason:
    return Reason(
        code=code, words=decision_words(code, {**told, "rule": rule}), rule=None if rule is None else rule["en"]
    )


def _shown(at: datetime, workspace: Workspace) -> str:
    return f"{at.astimezone(workspace.tz()):%Y-%m-%d %H:%M}"
