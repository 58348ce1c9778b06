"""What steps may ask about the people before them, as of the end of the tick; each question is one query for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from msgspec import Struct

from hourglass.audience import Asker, Condition, Where
from hourglass.commerce import GivenCode, Taker, give
from hourglass.journeys.effects.alerts import Said, tell_people, told_of_pool
from hourglass.journeys.registry import Standing
from hourglass.journeys.runs.arms import draw_arms
from hourglass.journeys.runs.batches import Complete, gather
from hourglass.journeys.runs.collect import collect
from hourglass.journeys.runs.known import known
from hourglass.journeys.runs.tidings import Tidings
from hourglass.journeys.runs.turns import give_turns
from hourglass.journeys.steps import Awaited, Bandit, Collected, Gathering, Heard, Run, Turns
from hourglass.kernel import Workspace
from hourglass.messages import zone_of
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("runs.sql"))


class _Person(Struct, frozen=True, kw_only=True):
    id: int
    phone: str | None
    traits: dict[str, Any]


class Knowledge:
    """The facts of one tick; who was looked up once is remembered until it ends."""

    def __init__(self, tx: Transaction, workspace: Workspace, asker: Asker, tidings: Tidings, now: datetime) -> None:
        self._tx = tx
        self._workspace = workspace
        self._asker = asker
        self._people: dict[int, _Person] = {}
        self.tidings = tidings
        self.complete: list[Complete] = []
        """Batches that became complete in this tick."""
        self.now = now

    def holds(self, standing: Standing, condition: Condition, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether a condition of its journey holds."""
        column = next(key for key, asked in standing.asks.conditions.items() if asked == condition)
        answers = self._asker.ask(self._tx, self._workspace.id, standing.asks, subjects(runs), self.now)
        truths = dict(zip(answers["subject"], answers[column], strict=True))
        return [truths[run.id] for run in runs]

    def people(self, runs: Sequence[Run]) -> list[_Person | None]:
        """Who the runs are of."""
        unknown = sorted({run.profile_id for run in runs} - self._people.keys())
        if unknown:
            found = _queries.rows(self._tx, "people", _Person, workspace_id=self._workspace.id, ids=unknown)
            self._people.update((one.id, one) for one in found)
        return [self._people.get(run.profile_id) for run in runs]

    def draw(self, journey: str, pool: str, runs: Sequence[Run], good_for: timedelta | None) -> list[GivenCode | None]:
        """A promo code for each run; those who run the shop hear of whom there was none for, or that few are left."""
        takers = [Taker(run_id=run.id, visit=run.visit, profile_id=run.profile_id) for run in runs]
        given = give(self._tx, self._workspace, pool, takers, self.now, good_for)
        if given.supply != "enough":
            about = (
                runs[-1:]
                if given.supply == "low"
                else [run for run, code in zip(runs, given.codes, strict=True) if code is None]
            )
            text = told_of_pool(given.supply, pool)
            said = [Said(journey=journey, step=run.step, text=text, profile_id=run.profile_id) for run in about]
            tell_people(self._tx, self._workspace.id, said, self.now)
        return given.codes

    def turns(self, journey_id: int, turns: Turns, runs: Sequence[Run]) -> list[datetime | None]:
        """When each may pass."""
        return give_turns(self._tx, self._workspace.id, journey_id, turns, runs)

    def gathered(self, journey_id: int, gathering: Gathering, runs: Sequence[Run]) -> list[datetime | None]:
        """Until when each waits for others."""
        until, complete = gather(self._tx, self._workspace.id, journey_id, gathering, runs)
        self.complete += complete
        return until

    def arms(self, journey_id: int, bandit: Bandit, runs: Sequence[Run]) -> list[str]:
        """Which arm each draws."""
        return draw_arms(self._tx, self._workspace, journey_id, bandit, runs, self.now)

    def collected(self, collected: Collected, runs: Sequence[Run]) -> list[list[dict[str, Any]]]:
        """What each gathered."""
        return collect(self._tx, self._workspace, collected, runs)

    def known(self, where: Where, runs: Sequence[Run]) -> list[bool]:
        """Whether it holds of what each run knows, by the same comparisons as of events."""
        return known(where, runs, self._workspace)

    @property
    def zone(self) -> ZoneInfo:
        """Of the workspace."""
        return self._workspace.tz()


class StepFacts:
    """The facts of one version of a journey, as its steps ask for them."""

    def __init__(self, standing: Standing, knowledge: Knowledge) -> None:
        self._standing = standing
        self._knowledge = knowledge

    def holds(self, condition: Condition, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether the condition holds."""
        return self._knowledge.holds(self._standing, condition, runs)

    def known(self, where: Where, runs: Sequence[Run]) -> list[bool]:
        """From the facts of each run."""
        return self._knowledge.known(where, runs)

    def zones(self, runs: Sequence[Run]) -> list[ZoneInfo]:
        """By the trait `timezone`, else by the phone number, else the workspace's."""
        fallback = self._knowledge.zone
        return [zone_of(one.traits, one.phone, fallback) if one else fallback for one in self._knowledge.people(runs)]

    def traits(self, name: str, runs: Sequence[Run]) -> list[Any]:
        """Where a trait is unknown, None."""
        return [one.traits.get(name) if one else None for one in self._knowledge.people(runs)]

    def heard(self, awaited: Awaited, runs: Sequence[Run]) -> list[Heard | None]:
        """Events of this tick."""
        return [self._knowledge.tidings.first(awaited, run) for run in runs]

    def draw(self, pool: str, runs: Sequence[Run], good_for: timedelta | None) -> list[GivenCode | None]:
        """Handed out by the engine in the tick's transaction; who runs the shop hears of an empty pool."""
        return self._knowledge.draw(self._standing.journey.key, pool, runs, good_for)

    def turns(self, turns: Turns, runs: Sequence[Run]) -> list[datetime | None]:
        """Given out one after the other, whichever worker asks."""
        return self._knowledge.turns(self._standing.id, turns, runs)

    def gathered(self, gathering: Gathering, runs: Sequence[Run]) -> list[datetime | None]:
        """Counted one after the other, whichever worker asks."""
        return self._knowledge.gathered(self._standing.id, gathering, runs)

    def arms(self, bandit: Bandit, runs: Sequence[Run]) -> list[str]:
        """By what the arms have brought up to now."""
        return self._knowledge.arms(self._standing.id, bandit, runs)

    def collected(self, collected: Collected, runs: Sequence[Run]) -> list[list[dict[str, Any]]]:
        """From the hot history, as of the end of the tick."""
        return self._knowledge.collected(collected, runs)

    def passes(self, runs: Sequence[Run]) -> list[int]:
        """From the facts of each run."""
        return [run.entry.get("flow", {}).get("passes", {}).get(run.step, 0) for run in runs]


def subjects(runs: Sequence[Run]) -> pl.DataFrame:
    """Runs as conditions are asked about them."""
    return pl.DataFrame(
        {"subject": [run.id for run in runs], "profile_id": [run.profile_id for run in runs]},
        schema={"subject": pl.Int64, "profile_id": pl.Int64},
    )
