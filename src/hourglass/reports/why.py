"""Why somebody got what a journey says, or did not, or never entered: every decision with its time and rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass import messages
from hourglass.definitions import find
from hourglass.journeys import JOURNEY, Journey, read_journey
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction
from hourglass.reports.graph import edges
from hourglass.reports.why_not import why_not, why_not_again
from hourglass.reports.words import Words, decision_words, entry_reason

_queries = Queries(Path(__file__).with_name("why.sql"))
_MOST = 20
_LANGUAGE = "en"
"""Of rules where they stand alone; in words they stand in each language."""
_RANKS = {"entered": 0, "went_on": 1, "finished": 3, "exited": 3}
"""Of what came at one moment."""
_NOT_ENTERED = {"not_let_in", "not_among", "never_came", "not_live"}


class RunDecision(Struct, frozen=True, kw_only=True):
    """One thing that was decided or happened. `rule`: what it was held against; `step`: where in the document."""

    at: datetime | None
    code: str
    words: Words
    rule: str | None = None
    step: str | None = None
    run_id: int | None = None
    run: str = ""
    """Which run, where there are several: what it is correlated by (a cart), else its number, the first is 1."""
    message_id: int | None = None


class JourneyWhy(Struct, frozen=True, kw_only=True):
    """`summary` is how it ended, `decisions` everything before it, oldest first."""

    person: int
    name: str
    key: str
    summary: Words
    decisions: list[RunDecision]


def why_journey(tx: Transaction, workspace: Workspace, person: str, key: str, now: datetime) -> JourneyWhy:
    """`person` is a number, an address or any identifier. Raises NotFound for whoever or whatever does not exist."""
    told = messages.why(tx, workspace, person, "journey", key)
    found = find(tx, workspace.id, JOURNEY.name, key)
    journey = read_journey(found.body)
    family = [row[0] for row in _queries.tuples(tx, "family", workspace_id=workspace.id, id=told.person)]
    place = {"workspace_id": workspace.id, "journey_id": found.id, "profiles": family, "most": _MOST}
    rows = _queries.tuples(tx, "runs", **place)
    runs = [row[0] for row in rows]
    names = _names(rows)
    reasons = {row[0]: reason for row in rows if (reason := entry_reason(row[2])) is not None}
    chain = [
        RunDecision(
            at=one.at,
            code=one.code,
            words=reasons.get(one.run_id or 0, one.words) if one.code == "entered" else one.words,
            rule=one.rule,
            run_id=one.run_id,
            run=names.get(one.run_id or 0, ""),
            message_id=one.message_id,
        )
        for one in told.chain
        if runs or one.code not in _NOT_ENTERED
    ]
    summary = told.summary
    if rows and rows[0][3]:
        summary = decision_words("control_group", {})
        chain = [one for one in chain if one.code != "no_send"]
    if runs:
        chain += _decided(tx, workspace, journey, names)
        again = why_not_again(tx, workspace, journey, family, rows[0][1])
        if again is not None:
            chain.append(RunDecision(at=None, code=again.code, words=again.words, rule=again.rule))
    else:
        reason = why_not(tx, workspace, found, journey, family, now)
        chain.append(RunDecision(at=None, code=reason.code, words=reason.words, rule=reason.rule))
        summary = reason.words
    chain.sort(key=lambda one: (one.at is None, one.at, _RANKS.get(one.code, 2)))
    return JourneyWhy(person=told.person, name=told.name, key=key, summary=summary, decisions=chain)


def _names(rows: list[tuple[Any, ...]]) -> dict[int, str]:
    """What runs are told apart by; a single one needs nothing. `rows`: the newest first."""
    if len(rows) == 1:
        return {rows[0][0]: ""}
    return {row[0]: row[4] or str(len(rows) - place) for place, row in enumerate(rows)}


def _decided(tx: Transaction, workspace: Workspace, journey: Journey, names: dict[int, str]) -> Iterator[RunDecision]:
    labels = {(edge.origin, edge.to): edge.label for edge in edges(journey)}
    nodes = journey.program.nodes
    rows = _queries.tuples(tx, "decisions", workspace_id=workspace.id, runs=list(names))
    for run_id, step, at, outcome, detail in rows:
        label = labels.get((step, detail.get("to"))) or None
        rule = None if label is None else label[_LANGUAGE]
        node = nodes.get(step)
        summary = "" if node is None else node.name or node.step.summary()
        words = decision_words(outcome, _told(detail) | {"step": step, "what": summary, "rule": label or "—"})
        yield RunDecision(at=at, code=outcome, words=words, rule=rule, step=step, run_id=run_id, run=names[run_id])


def _told(detail: dict[str, Any]) -> dict[str, Any]:
    return {"to": "—", "event": "", "arm": "", **{key: value for key, value in detail.items() if value is not None}}
