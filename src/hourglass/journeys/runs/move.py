"""Moves runs along their programs until each waits, ends or leaves: group by group, never run by run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hourglass.journeys.program import Node
from hourglass.journeys.registry import Standing
from hourglass.journeys.runs.facts import Knowledge, StepFacts
from hourglass.journeys.runs.ledger import Ledger, Outcome
from hourglass.journeys.steps import Answer, Do, Exit, Next, Run, Send, WaitUntil
from hourglass.journeys.ways.way import OnProduct
from hourglass.kernel import Workspace
from hourglass.messages import OutboxRow

_LATE = timedelta(minutes=5)
_MOST_STEPS = 1000


def move(
    runs: Sequence[tuple[Run, str | None]],
    versions: dict[tuple[int, int], Standing],
    knowledge: Knowledge,
    ledger: Ledger,
    workspace: Workspace,
    now: datetime,
) -> None:
    """Each run goes on from its path (None: the end).

    A run's own time is kept, so that cutting the log into other batches gives the same moments, unless the engine was
    away so long that waits would pile up.
    """
    for run, _ in runs:
        _begin(run, run.began or run.moment, now)
    groups = _grouped(runs, ledger)
    for _ in range(_MOST_STEPS):
        if not groups:
            return
        following: list[tuple[Run, str | None]] = []
        for (journey_id, version, path), members in groups.items():
            standing = versions[journey_id, version]
            node = standing.journey.program.nodes[path]
            for run in members:
                _arrive(run, node, ledger)
            answers = node.step.act(members, StepFacts(standing, knowledge))
            for run, answer in zip(members, answers, strict=True):
                following.extend(_act(run, answer, node, standing, ledger, workspace, now))
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
    run: Run, answer: Answer, node: Node, standing: Standing, ledger: Ledger, workspace: Workspace, now: datetime
) -> list[tuple[Run, str | None]]:
    """Carry out one answer; what is returned goes on in the next round."""
    match answer:
        case WaitUntil(at=at):
            _outcome(run, ledger).wake_at = at
            ledger.note(run, run.step, "waits", until=at)
            return []
        case Exit(reason=reason):
            ledger.leave(run, reason)
            return []
        case Next():
            return [(run, _go_on(run, answer, node, standing.journey.key, ledger, now))]
        case Do(effect=effect, until=until):
            ledger.ask_for(run, effect, standing.journey.key, until)
            if until is not None:
                _outcome(run, ledger).wake_at = until
                return []
            return [(run, node.next)]
        case Send(channel=channel, template=template, others=others, cheapest=cheapest) as send:
            ledger.messages.append(
                OutboxRow(
                    workspace_id=workspace.id,
                    profile_id=run.profile_id,
                    run_id=run.id,
                    journey_id=run.journey_id,
                    step=run.visit,
                    channel=channel,
                    template=template,
                    topic=standing.journey.topic,
                    message_class=standing.journey.message_class,
                    facts=_facts(run, send, standing),
                    created_at=now,
                    not_before=now,
                    others=others,
                    cheapest=cheapest,
                )
            )
            ledger.note(run, run.step, "queued", channel=channel, template=template)
            return [(run, node.next)]


def _facts(run: Run, send: Send, standing: Standing) -> dict[str, Any]:
    """What the message may speak of, and on what of its products it depends."""
    way = standing.journey.entry.way
    of_product = isinstance(way, OnProduct)
    usual = {"in_stock": of_product, "price_holds": of_product and way.change == "price_drop"}
    said = {"in_stock": send.if_in_stock, "price_holds": send.if_price_holds}
    only_if = [word for word in usual if (usual[word] if said[word] is None else said[word])]
    facts = {name: fact for name, fact in run.entry.items() if name != "flow"}
    return {**facts, "only_if": only_if} if only_if else facts


def _begin(run: Run, moment: datetime, now: datetime) -> None:
    """The run's own time is now this moment, unless it passed too long ago."""
    run.began = moment
    run.moment = now if now - moment > _LATE else moment


def _arrive(run: Run, node: Node, ledger: Ledger) -> None:
    """The run stands on a step; in a loop it is counted how often. Who is asked again while waiting stays."""
    if node.again and run.step != node.path:
        visits: dict[str, int] = run.entry.get("flow", {}).get("visits", {})
        ledger.progress(run, visits={**visits, node.path: visits.get(node.path, 0) + 1})
    run.woken = run.woken and run.step == node.path
    run.step = node.path


def _go_on(run: Run, answer: Next, node: Node, journey: str, ledger: Ledger, now: datetime) -> str | None:
    """Remember what led the run on, and where."""
    detail: dict[str, Any] = {}
    if answer.heard is not None:
        _begin(run, answer.heard.at, now)
        ledger.progress(run, heard=answer.heard.seq)
        if node.id is not None:
            ledger.learn(run, node.id, answer.heard.facts)
        detail["event"] = answer.heard.facts["event"]
    for name, learnt in (answer.learns or {}).items():
        ledger.learn(run, name, learnt)
    if answer.passes is not None:
        passes: dict[str, int] = run.entry.get("flow", {}).get("passes", {})
        ledger.progress(run, passes={**passes, node.path: answer.passes})
    if answer.arm is not None:
        detail["arm"] = answer.arm
    if answer.goal is not None:
        ledger.note(run, run.step, "goal", goal=answer.goal)
    elif answer.does is not None:
        ledger.ask_for(run, answer.does, journey, outcome="went_on", to=answer.to, **detail)
    else:
        ledger.note(run, run.step, "went_on", to=answer.to, **detail)
    return answer.to


def _outcome(run: Run, ledger: Ledger) -> Outcome:
    return ledger.outcomes.setdefault(run.id, Outcome(run=run))
