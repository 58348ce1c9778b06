"""A few people with their whole way, so that numbers can be believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hourglass.definitions import Definition
from hourglass.kernel import ProfileId, Workspace
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import display_names
from hourglass.reports.answer import Example, Happening
from hourglass.reports.words import effect_words, end_words, happening_words, reason_words

_queries = Queries(Path(__file__).with_name("examples.sql"))
_MOST, _EACH = 12, 3


def read_examples(tx: Transaction, workspace: Workspace, found: Definition, since: datetime) -> list[Example]:
    """Runs that ended in different places and for different reasons, each with what came of it, oldest first."""
    place = {"workspace_id": workspace.id, "journey_id": found.id, "since": since, "each": _EACH, "most": _MOST}
    runs = _queries.tuples(tx, "runs", **place)
    if not runs:
        return []
    zone = workspace.tz()
    ids = {"workspace_id": workspace.id, "runs": [run[0] for run in runs]}
    came: defaultdict[int, list[Happening]] = defaultdict(list)
    for run_id, step, at, outcome, detail in _queries.tuples(tx, "steps", **ids):
        came[run_id].append(_step(step, at, outcome, detail, zone))
    for row in _queries.tuples(tx, "messages", **ids):
        came[row[0]] += _message(*row[1:], zone=zone)
    names = display_names(tx, workspace.id, [ProfileId(run[1]) for run in runs])
    return [
        Example(
            person=person,
            name=names.get(person) or "",
            correlation=correlation,
            entered_at=entered,
            state=state,
            happenings=[*sorted(came[id_], key=lambda one: one.at), *_end(state, ended)],
        )
        for id_, person, correlation, entered, state, ended in runs
    ]


def _step(step: str, at: datetime, outcome: str, detail: dict[str, Any], zone: ZoneInfo) -> Happening:
    told = {"event": "", "until": "", "to": "—", "reason": "", "channel": "", "template": "", **detail}
    if outcome == "exited":
        told["reason"] = end_words(str(told["reason"]))
    if "effect" in told:
        told["effect"] = effect_words(str(told["effect"]))
    told["until"] = _moment(told["until"], zone)
    told["to"] = told["to"] or "—"
    return Happening(at=at, step=step, code=outcome, words=happening_words(outcome, told))


def _message(
    step: str, state: str, reason: str | None, detail: str | None, template: str, sent_at: datetime | None,
    answers: list[dict[str, Any]] | None, *, zone: ZoneInfo,
) -> Iterator[Happening]:  # fmt: skip
    """Every answer that held it back, and that it left."""
    for answer in answers or []:
        if answer.get("reason"):
            told = {"reason": reason_words(answer["reason"]), "detail": _beside(answer.get("detail")),
                    "until": _moment(answer.get("until"), zone)}  # fmt: skip
            code = "put_off" if answer.get("until") else "withheld"
            at = datetime.fromisoformat(answer["at"])
            yield Happening(at=at, step=step, code=code, words=happening_words(code, told))
    if sent_at is not None and state == "sent":
        words = happening_words("sent", {"template": template})
        yield Happening(at=sent_at, step=step, code="sent", words=words)
    elif state == "failed" and answers:
        told = {"reason": reason_words(reason), "detail": _beside(detail)}
        at = datetime.fromisoformat(answers[-1]["at"])
        yield Happening(at=at, step=step, code="failed", words=happening_words("failed", told))


def _end(state: str, ended: datetime | None) -> list[Happening]:
    if state != "finished" or ended is None:
        return []
    return [Happening(at=ended, step="", code="finished", words=happening_words("finished", {}))]


def _beside(text: str | None) -> str:
    return f" ({text})" if text else ""


def _moment(at: object, zone: ZoneInfo) -> str:
    if not isinstance(at, str) or not at:
        return ""
    return datetime.fromisoformat(at).astimezone(zone).strftime("%Y-%m-%d %H:%M")
