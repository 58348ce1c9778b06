"""How each journey does: people in it, people through it, messages sent and withheld, and the same by step."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from hourglass.definitions import Document, find
from hourglass.journeys.document import JOURNEY, read_journey
from hourglass.journeys.runs.arms import ArmReport, arm_reports
from hourglass.journeys.steps import BanditStep, Step
from hourglass.journeys.ways.words import entry_words
from hourglass.kernel import NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("report.sql"))
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class JourneyReport(Struct, frozen=True, kw_only=True):
    """One journey in numbers: of those who `entered`, each is `waiting`, at the end (`finished`), or left.

    `goal`: left because they had reached it; `exited`: for any other reason. `kept_out`: those of the control group,
    who count as nothing else.
    """

    key: str
    name: str
    state: str
    version: int
    entered: int
    waiting: int
    finished: int
    goal: int
    exited: int
    kept_out: int
    sent: int
    withheld: int


class StepReport(Struct, frozen=True, kw_only=True):
    """One step: how many went on from it, how many wait in it now."""

    path: str
    kind: str
    summary: str
    waiting: int
    done: int
    arms: list[ArmReport] = []
    """Of a bandit: what each arm has brought."""


class StepRuns(Struct, frozen=True):
    """Runs that came to one step: how many, who wait there now, and for whom it was the end."""

    came: int = 0
    waiting: int = 0
    left: int = 0

    @property
    def through(self) -> int:
        """Those who went on."""
        return max(0, self.came - self.waiting - self.left)


NO_RUNS = StepRuns()


class JourneyDetail(Struct, frozen=True, kw_only=True):
    """One journey with its document and its steps, in the order of the document."""

    report: JourneyReport
    starts: dict[str, str]
    """What lets people in, in English and Russian."""
    definition: Document
    steps: list[StepReport]


def report(tx: Transaction, workspace_id: WorkspaceId) -> list[JourneyReport]:
    """Every journey."""
    return _queries.rows(tx, "report", JourneyReport, workspace_id=workspace_id)


def detail(tx: Transaction, workspace_id: WorkspaceId, key: str) -> JourneyDetail:
    """The newest version of a journey, with numbers by step of all its versions."""
    found = find(tx, workspace_id, JOURNEY.name, key)
    numbers = next((one for one in report(tx, workspace_id) if one.key == key), None)
    if numbers is None:
        raise NotFound(f"There is no journey “{key}”.")
    runs = step_runs(tx, workspace_id, found.id)
    journey = read_journey(found.body)
    nodes = journey.program.nodes
    steps = [
        StepReport(
            path=path,
            kind=nodes[path].kind,
            summary=nodes[path].step.summary(),
            waiting=runs.get(path, NO_RUNS).waiting,
            done=runs.get(path, NO_RUNS).through,
            arms=_arms(tx, workspace_id, found.id, nodes[path].step),
        )
        for path in sorted(nodes, key=_place)
    ]
    return JourneyDetail(report=numbers, starts=entry_words(journey.entry), definition=found.body, steps=steps)


def step_runs(
    tx: Transaction, workspace_id: WorkspaceId, journey_id: int, since: datetime = _EVER
) -> dict[str, StepRuns]:
    """By step, the runs that began since a moment."""
    place = {"workspace_id": workspace_id, "journey_id": journey_id, "since": since}
    came: dict[str, int] = dict(_queries.tuples(tx, "step_came", **place))
    standing = {step: (waiting, left) for step, waiting, left in _queries.tuples(tx, "step_standing", **place)}
    return {step: StepRuns(came.get(step, 0), *standing.get(step, (0, 0))) for step in came.keys() | standing.keys()}


def _arms(tx: Transaction, workspace_id: WorkspaceId, journey_id: int, step: Step) -> list[ArmReport]:
    return arm_reports(tx, workspace_id, journey_id, step.bandit) if isinstance(step, BanditStep) else []


def _place(path: str) -> list[tuple[int, str]]:
    """Where a step stands in the document: steps[10] comes after steps[2]."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path)]
