"""What runs know, asked like events are: the way in, and what came on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hourglass.audience import Where, matching
from hourglass.events import Event
from hourglass.history import Batch
from hourglass.journeys.steps import Run
from hourglass.kernel import Workspace


def known(where: Where, runs: Sequence[Run], workspace: Workspace) -> list[bool]:
    """For each run, whether the comparison holds of `steps` and `entry`; what it does not know is never true."""
    told = [
        looked_at("", run.moment, {"steps": run.entry.get("steps") or {}, "entry": run.entry}, workspace)
        for run in runs
    ]
    true = set(that_match(told, (where,), workspace))
    return [place in true for place in range(len(runs))]


def that_match(events: Sequence[Event], where: tuple[Where, ...], workspace: Workspace) -> list[int]:
    """The places of those that satisfy a filter."""
    nobody = [0] * len(events)
    return matching(Batch(events, nobody, nobody, nobody), range(len(events)), [where], workspace)[0]


def looked_at(
    name: str, at: datetime, properties: dict[str, Any], workspace: Workspace, typed: Mapping[str, Any] | None = None
) -> Event:
    """An event as far as filters ask; `typed`: properties that have columns of their own."""
    return Event(
        kind="track",
        name=name,
        message_id="",
        id="",
        at=at,
        received_at=at,
        user_id=None,
        anonymous_id=None,
        previous_id=None,
        group_id=None,
        traits={},
        properties=properties,
        context={},
        historical=False,
        currency=workspace.currency,
        **(typed or {}),
    )
