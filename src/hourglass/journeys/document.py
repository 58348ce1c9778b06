"""A journey as its author wrote it: entry, rules and steps, read from a document with the path of every mistake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal, cast

from msgspec import Struct

from hourglass.audience import Condition, meant, parse_condition
from hourglass.definitions import Kind
from hourglass.experiments import read_control
from hourglass.journeys.circle import refuse_circle
from hourglass.journeys.program import Program, compile_steps
from hourglass.journeys.versions.inside import stay_behind
from hourglass.journeys.ways.reading import read_entry
from hourglass.journeys.ways.way import Entry, OnEvent
from hourglass.kernel import Malformed, parse_duration
from hourglass.messages import Contest, contest_of

_FIELDS = {
    "kind", "key", "name", "description", "state", "entry", "correlate", "reentry", "max_age", "exit_when", "goal",
    "slot", "priority", "class", "topic", "control", "steps",
}  # fmt: skip


class Reentry(Struct, frozen=True, kw_only=True):
    """When the same person (and correlation) may come again. Parallel: each occasion begins a run of its own."""

    mode: Literal["once", "after_exit", "after", "parallel"]
    after: timedelta | None = None


class Journey(Struct, frozen=True, kw_only=True):
    """A journey ready to run. `program` holds its steps by path."""

    key: str
    name: str
    entry: Entry
    correlate: str | None
    reentry: Reentry
    max_age: timedelta
    """An event that comes later than that after it happened changes facts, and starts nothing."""
    exit_when: Condition | None
    goal: Condition | None
    goal_ends: bool
    """Whether a run is over when it has reached the goal."""
    contest: Contest
    """With whom it competes for a place with the person, and how strong it is."""
    message_class: Literal["marketing", "transactional"]
    topic: str
    control: float
    """How many of a hundred are noted and get nothing, to see what it adds."""
    program: Program


def read_journey(document: Mapping[str, Any]) -> Journey:
    """A document to a journey, or Malformed with the path."""
    strange = sorted(map(str, document.keys() - _FIELDS))
    if strange:
        raise Malformed(
            f"A journey has no field “{strange[0]}”.{meant(strange[0], _FIELDS)} Known: {', '.join(sorted(_FIELDS))}.",
            path=strange[0],
        )
    exit_when, (goal, goal_ends) = document.get("exit_when"), _goal(document.get("goal"))
    kind = document.get("class", "marketing")
    if kind not in ("marketing", "transactional"):
        raise Malformed("The class of a journey is marketing or transactional.", path="class")
    journey = Journey(
        key=str(document["key"]),
        name=_text(document, "name") or str(document["key"]),
        entry=read_entry(document.get("entry")),
        correlate=_correlate(document.get("correlate")),
        reentry=_reentry(document.get("reentry", "after_exit")),
        max_age=parse_duration(str(document.get("max_age", "1d")), "max_age"),
        exit_when=None if exit_when is None else parse_condition(exit_when, "exit_when"),
        goal=goal,
        goal_ends=goal_ends,
        contest=contest_of(document),
        message_class=kind,
        topic=_text(document, "topic") or "news",
        control=read_control(document.get("control", 0)),
        program=compile_steps(document.get("steps")),
    )
    way = journey.entry.way
    returns = journey.reentry.mode in ("after_exit", "parallel") or journey.correlate
    if isinstance(way, OnEvent) and not way.where and returns:
        refuse_circle(way.event, journey.program)
    return journey


JOURNEY = Kind(name="journey", read=read_journey, doubts=stay_behind)


def _goal(value: object) -> tuple[Condition | None, bool]:
    """A condition, or `{when: CONDITION, leave: false}`."""
    if value is None:
        return None, True
    goal = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if "when" not in goal:
        return parse_condition(cast("Any", value), "goal"), True
    leave = goal.get("leave", True)
    if goal.keys() - {"when", "leave"} or not isinstance(leave, bool):
        raise Malformed("A goal is a condition, or {when: CONDITION, leave: false}.", path="goal")
    return parse_condition(goal["when"], "goal.when"), leave


def _text(document: Mapping[str, Any], field: str) -> str | None:
    value = document.get(field)
    if value is not None and not isinstance(value, str):
        raise Malformed(f"`{field}` is a text; put it in quotes.", path=field)
    return value


def _correlate(value: object) -> str | None:
    if value is None or (isinstance(value, str) and value):
        return value
    raise Malformed("`correlate` is the name of a property of the entry event.", path="correlate")


def _reentry(value: object) -> Reentry:
    if value in ("once", "after_exit", "parallel"):
        return Reentry(mode=value)
    if isinstance(value, dict) and list(cast("dict[str, Any]", value)) == ["after"]:
        after = parse_duration(str(cast("dict[str, Any]", value)["after"]), "reentry.after")
        if not after:
            raise Malformed("After no time at all is `after_exit` or `parallel`.", path="reentry.after")
        return Reentry(mode="after", after=after)
    raise Malformed("`reentry` is once, after_exit, parallel or {after: 7d}.", path="reentry")
