"""What the events of one tick say to runs that wait for them; each filter is asked once for the whole batch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from hourglass.audience import Where, matching
from hourglass.history import Batch
from hourglass.journeys.steps import Awaited, Heard, Run
from hourglass.kernel import Workspace

_RUN = "run"
_Told = dict[int, list[tuple[int, int]]]
"""By person: (place in the log, index in the batch), in the order of the log."""


class Tidings:
    """The batch, looked up by person. `answers`: by place in the batch, which visit of which run an answer is for."""

    def __init__(
        self, batch: Batch, workspace: Workspace, answers: Mapping[int, tuple[int, str]] = MappingProxyType({})
    ) -> None:
        self._batch = batch
        self._workspace = workspace
        self._answers = answers
        self._told: dict[tuple[str, tuple[Where, ...]], _Told] = {}

    def first(self, awaited: Awaited, run: Run) -> Heard | None:
        """The first such event since the step of a run began, by its own time and by the log, before its timeout."""
        if awaited.event not in self._batch.names:
            return None
        told = self._of(awaited).get(run.profile_id, [])
        began = run.began or run.moment
        for seq, place in told[bisect_right(told, (heard_until(run), len(self._batch))) :]:
            if awaited.own and self._answers.get(place) != (run.id, run.visit):
                continue
            if awaited.same and not _alike(awaited.same, self._batch.events[place].properties, run):
                continue
            at = self._batch.events[place].received_at
            if began <= at <= began + awaited.timeout:
                return self._heard(seq, place, at)
        return None

    def _heard(self, seq: int, place: int, at: datetime) -> Heard:
        event = self._batch.events[place]
        facts = {"event": event.name, "at": event.at, "message_id": event.message_id, "properties": event.properties}
        return Heard(at=at, seq=seq, facts=facts)

    def _of(self, awaited: Awaited) -> Mapping[int, list[tuple[int, int]]]:
        key = (awaited.event, awaited.where)
        if key not in self._told:
            events = self._batch.events
            places = [place for place in self._batch.places[awaited.event] if not events[place].historical]
            told: _Told = {}
            for place in matching(self._batch, places, [awaited.where], self._workspace)[0]:
                told.setdefault(self._batch.profile_ids[place], []).append((self._batch.seqs[place], place))
            for each in told.values():
                each.sort()
            self._told[key] = told
        return self._told[key]


def _alike(name: str, properties: Mapping[str, Any], run: Run) -> bool:
    """Whether an event says of a property what the entry of the run said, or names the run; nothing is never alike."""
    entered: Mapping[str, Any] = run.entry.get("properties") or {}
    wanted = run.id if name == _RUN else entered.get(name)
    return wanted is not None and properties.get(name) == wanted


def heard_until(run: Run) -> int:
    """The place in the log of the last event that moved a run; one event never moves it twice."""
    return max(run.entry_seq, run.entry.get("flow", {}).get("heard", run.entry_seq))
