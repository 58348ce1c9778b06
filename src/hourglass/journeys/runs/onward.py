"""Where waiting runs go on: those that heard what they waited for, and those whose wait is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from hourglass.journeys.registry import Standing
from hourglass.journeys.runs.ledger import Ledger
from hourglass.journeys.runs.tidings import Tidings
from hourglass.journeys.steps import Run
from hourglass.kernel import RunId


def onward(
    runs: Sequence[Run],
    due: Collection[RunId],
    versions: Mapping[tuple[int, int], Standing],
    tidings: Tidings,
    ledger: Ledger,
) -> list[tuple[Run, str | None]]:
    """Runs with the path of what they do next; all others wait on. Their `moment` is when they would wake.

    Who heard an event in time stands on the same step, which then answers anew. Who was taken over from another version
    to the beginning of a step comes to it when due.
    """
    going: list[tuple[Run, str | None]] = []
    for run in runs:
        if not run.waiting:
            continue
        node = versions[run.journey_id, run.version].journey.program.nodes[run.step]
        begins = run.entry.get("flow", {}).get("begins", False)
        awaited = None if begins else node.step.awaits()
        if awaited is not None:
            run.began = run.moment - awaited.timeout
            if tidings.first(awaited, run) is not None:
                going.append((run, run.step))
                continue
            run.began = None
        if run.id in due:
            if awaited is not None:
                ledger.note(run, run.step, "timed_out", event=awaited.event)
            if begins:
                ledger.progress(run, begins=False)
            run.woken = not begins and node.step.asks_again()
            going.append((run, run.step if begins or run.woken else node.step.overdue(node.next)))
    return going
