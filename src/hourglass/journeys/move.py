"""Moves runs along their programs until each waits, ends or leaves: group by group, never run by run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from hourglass.audience import Condition
from hourglass.journeys.ledger import Ledger, Outcome
from hourglass.journeys.registry import Standing
from hourglass.journeys.steps import Answer, Do, Exit, Next, Run, Send, WaitUntil
from hourglass.kernel import Workspace
from hourglass.messages import OutboxRow

Ask = Callable[[Standing, Condition, Sequence[Run]], list[bool]]
"""Answers a condition for each of these runs, as of the end of the tick."""

_LATE = timedelta(minutes=5)
_MOST_STEPS = 1000


class _Facts:
    """The facts of one version of a journey, as its steps ask for them."""

    def __init__(self, standing: Standing, ask: Ask) -> None:
        self._standing = standing
        self._ask = ask

    def holds(self, condition: Condition, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether the condition holds."""
        return self._ask(self._standing, condition, runs)


def move(
    runs: Sequence[tuple[Run, str | None]],
    versions: dict[tuple[int, int], Standing],
    ask: Ask,
    ledger: Ledger,
    workspace: Workspace,
    now: datetime,
) -> None:
    """Each run goes on from its path (None: the end).

    A run's own time is kept, so that cutting the log into other batches gives the same moments, unless the engine was
    away so long that waits would pile up.
    """
    for run, _ in runs:
        if now - run.moment > _LATE:
            run.moment = now
    groups = _grouped(runs, ledger)
    for _ in range(_MOST_STEPS):
        if not groups:
            return
        following: list[tuple[Run, str | None]] = []
        for (journey_id, version, path), members in groups.items():
            standing = versions[journey_id, version]
            node = standing.journey.program.nodes[path]
            for run in members:
                run.step = path
            answers = node.step.act(members, _Facts(standing, ask))
            for run, answer in zip(members, answers, strict=True):
                following.extend(_act(run, answer, node.next, standing, ledger, workspace, now))
        groups = _grouped(following, ledger)
    for members in groups.values():
        for run in members:
            ledger.end(run, "endless")


def _grouped(runs: Sequence[tuple[Run, str | None]], ledger: Ledger) -> dict[tuple[int, int, str], list[Run]]:
    groups: dict[tuple[int, int, str], list[Run]] = {}
    for run, path in runs:
        if path is None:
            _outcome(run, ledger).state = "finished"
            _outcome(run, ledger).wake_at = None
        else:
            groups.setdefault((run.journey_id, run.version, path), []).append(run)
    return groups


def _act(
    run: Run, answer: Answer, then: str | None, standing: Standing, ledger: Ledger, workspace: Workspace, now: datetime
) -> list[tuple[Run, str | None]]:
    """Carry out one answer; what is returned goes on in the next round."""
    match answer:
        case WaitUntil(at=at):
            _outcome(run, ledger).wake_at = at
            ledger.note(run, run.step, "waits", until=at)
            return []
        case Exit(reason=reason):
            ledger.end(run, reason)
            return []
        case Next(to=to):
            ledger.note(run, run.step, "went_on", to=to)
            return [(run, to)]
        case Do(effect=effect):
            ledger.ask_for(run, effect, standing.journey.key)
            return [(run, then)]
        case Send(channel=channel, template=template):
            ledger.messages.append(
                OutboxRow(
                    workspace_id=workspace.id,
                    profile_id=run.profile_id,
                    run_id=run.id,
                    journey_id=run.journey_id,
                    step=run.step,
                    channel=channel,
                    template=template,
                    topic=standing.journey.topic,
                    message_class=standing.journey.message_class,
                    facts=run.entry,
                    created_at=now,
                    not_before=now,
                )
            )
            ledger.note(run, run.step, "queued", channel=channel, template=template)
            return [(run, then)]


def _outcome(run: Run, ledger: Ledger) -> Outcome:
    return ledger.outcomes.setdefault(run.id, Outcome(run=run))
