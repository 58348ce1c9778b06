"""Reads how people went through a journey: what the tick and the gate wrote down, counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from hourglass.audience import Asker, compile_conditions
from hourglass.definitions import Definition
from hourglass.history import EventNames
from hourglass.journeys import NO_RUNS, Journey, read_journey, step_runs
from hourglass.kernel import Workspace
from hourglass.messages import words_of
from hourglass.postgres import Queries, Transaction, read_packed
from hourglass.reports.answer import Flow, FlowDay, FlowStep, Tally, Way
from hourglass.reports.graph import edges
from hourglass.reports.words import end_words

_queries = Queries(Path(__file__).with_name("flow.sql"))
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_RUNS = {"subject": pl.Int64, "profile_id": pl.Int64, "after_seq": pl.Int64}
_AT_ONCE = 20_000
_KEPT_OUT = "kept_out"


def read_flow(
    tx: Transaction, workspace: Workspace, found: Definition, now: datetime, since: datetime | None = None
) -> Flow:
    """The journey with everybody who entered since a moment, as of now; steps in the order of the document."""
    journey = read_journey(found.body)
    place = {"workspace_id": workspace.id, "journey_id": found.id, "since": since or _EVER}
    states = Counter({(_stands(state, why), why): n for state, why, n in _queries.tuples(tx, "states", **place)})
    stand = Counter[str]()
    for (state, _), count in states.items():
        stand[state] += count
    said = Counter({(step.split("#")[0], state, reason): n for step, state, reason, n in _messages(tx, place)})
    return Flow(
        key=found.key,
        name=journey.name,
        start=journey.program.start,
        entry=_entry(found.body.get("entry")),
        entered=stand.total() - stand[_KEPT_OUT],
        people=_queries.scalar(tx, "people", **place),
        waiting=stand["waiting"],
        finished=stand["finished"],
        goal=stand["goal"],
        exits=[
            Tally(code=why, words=end_words(why), count=n) for (state, why), n in states.items() if state == "exited"
        ],
        kept_out=stand[_KEPT_OUT],
        sent=sum(count for (_, state, _), count in said.items() if state == "sent"),
        withheld=_tallies(said, "withheld"),
        failed=_tallies(said, "failed"),
        goals=_goals(tx, workspace, journey, place, now),
        steps=_steps(tx, journey, said, place),
        days=_days(tx, workspace, place),
    )


def _stands(state: str, reason: str) -> str:
    """Where a run is: waiting, finished, exited; by the goal, or kept out of it."""
    return {"goal": "goal", "control_group": _KEPT_OUT}.get(reason, state)


def in_order(path: str) -> list[tuple[int, str]]:
    """Where a step stands in the document: steps[10] comes after steps[2]."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path)]


def _messages(tx: Transaction, place: Mapping[str, Any]) -> list[tuple[str, str, str, int]]:
    rows: Counter[tuple[str, str, str]] = Counter()
    for step, state, reason, count in _queries.tuples(tx, "messages", **place):
        rows[step.split("#")[0], state, reason] += count
    return [(*key, count) for key, count in rows.items()]


def _steps(
    tx: Transaction, journey: Journey, said: Mapping[tuple[str, str, str], int], place: Mapping[str, Any]
) -> list[FlowStep]:
    runs = step_runs(tx, place["workspace_id"], place["journey_id"], place["since"])
    went = {(row[0], row[1]): row[2] for row in _queries.tuples(tx, "went", **place)}
    ways: defaultdict[str, list[Way]] = defaultdict(list)
    for edge in edges(journey):
        known = any(origin == edge.origin for origin, _ in went)
        count = went.get((edge.origin, edge.to), 0) if known else runs.get(edge.origin, NO_RUNS).through
        ways[edge.origin].append(Way(to=edge.to, label=edge.label, count=count))
    nodes = journey.program.nodes
    return [
        FlowStep(
            path=path,
            kind=nodes[path].kind,
            summary=nodes[path].step.summary(),
            came=runs.get(path, NO_RUNS).came,
            waiting=runs.get(path, NO_RUNS).waiting,
            left=runs.get(path, NO_RUNS).left,
            sent=_count(said, path, "sent"),
            withheld=_count(said, path, "withheld"),
            failed=_count(said, path, "failed"),
            ways=ways[path],
        )
        for path in sorted(nodes, key=in_order)
    ]


def _count(said: Mapping[tuple[str, str, str], int], path: str, state: str) -> int:
    return sum(count for (step, its, _), count in said.items() if step == path and its == state)


def _tallies(said: Mapping[tuple[str, str, str], int], state: str) -> list[Tally]:
    counts: Counter[str] = Counter()
    for (_, its, reason), count in said.items():
        if its == state:
            counts[reason] += count
    return [Tally(code=code, words=words_of(code) or {}, count=count) for code, count in counts.most_common()]


def _days(tx: Transaction, workspace: Workspace, place: Mapping[str, Any]) -> list[FlowDay]:
    rows = _queries.tuples(tx, "days", zone=workspace.zone, **place)
    return [FlowDay(day=day, entered=entered, sent=sent, withheld=held) for day, entered, sent, held in rows]


def _goals(
    tx: Transaction, workspace: Workspace, journey: Journey, place: Mapping[str, Any], now: datetime
) -> int | None:
    """Runs whose goal holds by what came after they began."""
    if journey.goal is None:
        return None
    runs = read_packed(tx, _queries.sql("entries"), place, _RUNS)
    compiled = compile_conditions({"goal": journey.goal}, workspace)
    asker = Asker(EventNames())
    parts = (runs.slice(start, _AT_ONCE) for start in range(0, runs.height, _AT_ONCE))
    return sum(int(asker.ask(tx, workspace.id, compiled, part, now)["goal"].sum()) for part in parts)


def _entry(entry: object) -> str:
    """What lets people in, as its author wrote it."""
    if not isinstance(entry, dict):
        return ""
    values: list[object] = list(entry.values())  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType, reportUnknownVariableType]
    return " · ".join(str(value) for value in values if isinstance(value, str | int | float))
