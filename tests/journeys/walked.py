"""Checks a run against its journey: each decision it noted is the next step of its way, none twice, none left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.journeys import Journey
from hourglass.journeys.program import Node


class Walked(Struct, frozen=True, kw_only=True):
    """A run as it stands in the database, with what it noted: (step, outcome, detail, at), in order."""

    version: int
    step: str
    state: str
    reason: str | None
    notes: Sequence[tuple[str, str, dict[str, Any], str]]


def check(run: Walked, versions: Mapping[int, Journey]) -> None:
    """Raises AssertionError, saying where the way breaks. `versions`: of its journey."""
    assert run.notes, "a run without a beginning"
    if run.notes[0][1] == "kept_out":
        assert (len(run.notes), run.state, run.reason) == (1, "exited", "control_group"), run.notes
        return
    assert run.notes[0][:2] == ("entry", "entered"), run.notes
    journey = versions[next((note[2]["from"] for note in run.notes if note[1] == "taken_over"), run.version)]
    place, resting, wakes, begins = journey.program.start, False, None, False
    for number, (step, outcome, detail, at) in enumerate(run.notes[1:], 1):
        last = number == len(run.notes) - 1
        if outcome == "exited":
            assert last, run.notes
            assert run.state == "exited", run.notes
            assert run.reason == detail["reason"], run.notes
            return
        if outcome == "goal" and not detail:
            if journey.goal_ends:
                assert last, run.notes
                assert (run.state, run.reason) == ("finished", "goal"), run.notes
                return
            continue
        if outcome == "taken_over":
            assert (step, resting) == (place, True), f"taken over from {step}, not {place}: {run.notes}"
            journey, place, wakes, begins = versions[detail["version"]], detail["to"], None, detail["how"] == "begins"
            continue
        here = journey.program.nodes[step]
        resting, begins = resting and not begins, False
        in_time = (
            wakes is None or datetime.fromisoformat(at) >= wakes or "event" in detail or _by_others(journey, place)
        )
        assert in_time, f"too early: {run.notes}"
        if resting and _wakes_silently(journey, place):
            place, resting = _woken(journey, place), False
        assert step == place, f"{step} and not {place}: {run.notes}"
        wakes = datetime.fromisoformat(detail["until"]) if outcome == "waits" else None
        if outcome == "waits" or (outcome in ("did", "not_done") and here.step.awaits() is not None):
            assert not resting or here.step.asks_again(), f"it began to wait twice: {run.notes}"
            resting = True
        else:
            place, resting = _after(here, outcome, detail), False
    assert journey is versions[run.version], f"it is on version {run.version}: {run.notes}"
    _ends(run, journey, place, resting=resting)


def _after(here: Node, outcome: str, detail: dict[str, Any]) -> str | None:
    if outcome == "timed_out":
        assert here.step.awaits() is not None
        return here.step.overdue(here.next)
    if outcome == "went_on" or (outcome == "goal" and "to" in detail):
        assert detail["to"] in here.step.ways(here.next)
        return detail["to"]
    assert outcome in ("queued", "goal", "did", "not_done"), outcome
    return here.next


def _by_others(journey: Journey, place: str | None) -> bool:
    """Whether those who wait at a place may be woken by somebody who comes."""
    return place is not None and journey.program.nodes[place].kind == "batch"


def _wakes_silently(journey: Journey, place: str | None) -> bool:
    """Whether the end of the wait at a place is not noted by itself."""
    step = None if place is None else journey.program.nodes[place].step
    return step is not None and step.awaits() is None and not step.asks_again()


def _woken(journey: Journey, place: str | None) -> str | None:
    assert place is not None
    node = journey.program.nodes[place]
    return node.step.overdue(node.next)


def _ends(run: Walked, journey: Journey, place: str | None, *, resting: bool) -> None:
    if run.state == "waiting":
        assert resting, f"it waits nowhere: {run.notes}"
        assert run.step == place, f"it waits at {run.step}, not {place}"
    elif run.state == "finished":
        over = _woken(journey, place) if resting and _wakes_silently(journey, place) else place
        assert over is None, f"it finished before {over}: {run.notes}"
    else:
        assert run.reason == "merged", f"it left, and nobody knows why: {run.notes}"
