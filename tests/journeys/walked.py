"""Checks a run against its journey: each decision it noted is the next step of its way, none twice, none left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from hourglass.journeys import Journey
from hourglass.journeys.program import Node


class Walked(Struct, frozen=True, kw_only=True):
    """A run as it stands in the database, with what it noted: (step, outcome, detail), in order."""

    step: str
    state: str
    reason: str | None
    notes: Sequence[tuple[str, str, dict[str, Any]]]


def check(run: Walked, journey: Journey) -> None:
    """Raises AssertionError, saying where the way breaks."""
    assert run.notes, "a run without a beginning"
    assert run.notes[0][:2] == ("entry", "entered"), run.notes
    place, resting = journey.program.start, False
    for number, (step, outcome, detail) in enumerate(run.notes[1:], 1):
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
        here = journey.program.nodes[step]
        if resting and here.step.awaits() is None:
            place, resting = _woken(journey, place), False
        assert step == place, f"{step} and not {place}: {run.notes}"
        if outcome == "waits":
            assert not resting, f"it began to wait twice: {run.notes}"
            resting = True
        else:
            place, resting = _after(here, outcome, detail), False
    _ends(run, journey, place, resting=resting)


def _after(here: Node, outcome: str, detail: dict[str, Any]) -> str | None:
    if outcome == "timed_out":
        assert here.step.awaits() is not None
        return here.step.overdue(here.next)
    if outcome == "went_on":
        assert detail["to"] in here.step.ways(here.next)
        return detail["to"]
    assert outcome in ("queued", "goal"), outcome
    return here.next


def _woken(journey: Journey, place: str | None) -> str | None:
    """Where a wait leads whose end is not noted by itself."""
    assert place is not None
    node = journey.program.nodes[place]
    return node.step.overdue(node.next) if node.step.awaits() is None else place


def _ends(run: Walked, journey: Journey, place: str | None, *, resting: bool) -> None:
    if run.state == "waiting":
        assert resting, f"it waits nowhere: {run.notes}"
        assert run.step == place, f"it waits at {run.step}, not {place}"
    elif run.state == "finished":
        over = _woken(journey, place) if resting else place
        assert over is None, f"it finished before {over}: {run.notes}"
    else:
        assert run.reason == "merged", f"it left, and nobody knows why: {run.notes}"
