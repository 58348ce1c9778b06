"""Where experiments stand: the definitions that treat people by lot, and since when they do so as now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from hourglass.definitions import Definition, Document, find, history, list_all
from hourglass.experiments.lot import read_control
from hourglass.experiments.splits import arms_of
from hourglass.kernel import Malformed, NotFound, WorkspaceId
from hourglass.postgres import Transaction

CONTROL, TREATED = "control", "treated"
ExperimentKind = Literal["journey", "campaign", "policy"]
KINDS: tuple[ExperimentKind, ...] = ("journey", "campaign", "policy")


class Source(Struct, frozen=True, kw_only=True):
    """One experiment: its arms with their weights, the baseline first, and since when it is drawn like that."""

    kind: ExperimentKind
    key: str
    name: str
    step: str | None
    """The step of the journey that gives the arms, or `variants` of a campaign; null: the control group."""
    definition_id: int
    body: Document
    weights: Mapping[str, float]
    since: datetime

    @property
    def baseline(self) -> str:
        """The arm that all others are compared with."""
        return next(iter(self.weights))


def find_source(tx: Transaction, workspace_id: WorkspaceId, kind: ExperimentKind, key: str, step: str | None) -> Source:
    """Raises NotFound where there is no such definition, or none that treats people by lot."""
    found = find(tx, workspace_id, kind, key)
    source = _source(tx, workspace_id, kind, found, step)
    if source is None:
        what = f"step {step} gives no arms" if step else "it has no control group; write `control: 10`"
        steps = ", ".join(arms_of(found.body))
        what += f", or ask for a step that gives arms: {steps}" if steps else ""
        raise NotFound(f"The {kind} “{key}” is no experiment: {what}.")
    return source


def all_sources(tx: Transaction, workspace_id: WorkspaceId) -> list[Source]:
    """Every experiment of the workspace: control groups of definitions, and the steps of journeys that give arms."""
    found: list[Source] = []
    for kind in KINDS:
        for one in list_all(tx, workspace_id, kind):
            sources = (_source(tx, workspace_id, kind, one, step) for step in (None, *arms_of(one.body)))
            found += [source for source in sources if source is not None]
    return found


def _source(
    tx: Transaction, workspace_id: WorkspaceId, kind: ExperimentKind, found: Definition, step: str | None
) -> Source | None:
    weights = _weights(kind, found.body, step)
    if len(weights) < 2:
        return None
    return Source(
        kind=kind,
        key=found.key,
        name=str(found.body.get("name") or found.key),
        step=step,
        definition_id=found.id,
        body=found.body,
        weights=weights,
        since=_since(tx, workspace_id, found, lambda body: (_weights(kind, body, step), _name(body))),
    )


def _since(
    tx: Transaction, workspace_id: WorkspaceId, found: Definition, drawn: Callable[[Document], object]
) -> datetime:
    """People drawn by other weights are another experiment: it begins with the first of the last versions alike."""
    versions = history(tx, workspace_id, found.kind, found.key)
    since = versions[0].at
    for version in versions:
        if drawn(version.body) != drawn(found.body):
            break
        since = version.at
    return since


def _weights(kind: ExperimentKind, body: Document, step: str | None) -> dict[str, float]:
    if step is not None:
        return arms_of(body).get(step, {})
    control: Any = body.get("control")
    try:
        percent = read_control((control["percent"] if kind == "policy" and control else control) or 0)
    except Malformed:
        return {}
    return {CONTROL: percent, TREATED: 100 - percent} if percent else {}


def _name(body: Document) -> object:
    """The policy's control group is drawn by a name."""
    control: Any = body.get("control")
    return control.get("name") if isinstance(control, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
