"""What a recipe has brought: the numbers of its journeys, and what people did after it had reached them."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from hourglass.journeys import JourneyReport
from hourglass.journeys import report as journeys_report
from hourglass.kernel import NotFound, Workspace, parse_duration, to_major
from hourglass.postgres import Queries, Transaction
from hourglass.recipes.catalogue import recipe
from hourglass.recipes.recipe import Metric, Recipe

_queries = Queries(Path(__file__).with_name("report.sql"))
ORDERED = "Order Completed"
"""The event that is counted from the orders themselves, net of refunds."""


class RecipeMetric(Struct, frozen=True, kw_only=True):
    """What people did within a span after they were reached; what of it is owed to the recipe, a control group tells.

    `people` did it `times` times; `amount`: what the orders came to net of refunds, or the sum of the property.
    """

    words: dict[str, str]
    event: str
    within: str
    people: int
    times: int
    amount: float | None


class RecipeReport(Struct, frozen=True, kw_only=True):
    """`reached`: people whom a message of it left for; of a recipe that writes nothing, those who were in it."""

    key: str
    name: dict[str, str]
    currency: str
    reached: int
    journeys: list[JourneyReport]
    metrics: list[RecipeMetric]


def report(tx: Transaction, workspace: Workspace, key: str) -> RecipeReport:
    """One recipe that was added. Raises NotFound."""
    wanted = recipe(key)
    keys = {key, *(one["key"] for one in wanted.beside)}
    journeys = [one for one in journeys_report(tx, workspace.id) if one.key in keys]
    if key not in {one.key for one in journeys}:
        raise NotFound(f"“{key}” was not added yet; `hourglass recipes add {key}` does it.")
    reached, told = _counted(tx, workspace, wanted, keys)
    return RecipeReport(
        key=key,
        name={"en": wanted.name.en, "ru": wanted.name.ru},
        currency=workspace.currency,
        reached=reached,
        journeys=sorted(journeys, key=lambda one: (one.key != key, one.key)),
        metrics=[_metric(one, told.get(place), workspace.currency) for place, one in enumerate(wanted.metrics)],
    )


def _counted(
    tx: Transaction, workspace: Workspace, wanted: Recipe, keys: set[str]
) -> tuple[int, dict[int, tuple[int, int, float | None]]]:
    """People reached, and by the place of each metric: people, times, amount (of orders in minor units)."""
    spans = [parse_duration(one.within, "within") for one in wanted.metrics]
    rows = _queries.tuples(
        tx,
        "metrics",
        workspace_id=workspace.id,
        currency=workspace.currency,
        keys=sorted(keys),
        writes=bool(wanted.templates),
        ordered=ORDERED,
        places=list(range(len(wanted.metrics))),
        events=[one.of for one in wanted.metrics],
        sums=[one.sum for one in wanted.metrics],
        spans=spans,
    )
    told = {place: (people, times, amount) for place, people, times, amount in rows}
    return told.pop(-1)[0], told


def _metric(one: Metric, told: tuple[int, int, float | None] | None, currency: str) -> RecipeMetric:
    people, times, amount = told or (0, 0, None)
    if one.of == ORDERED:
        amount = float(to_major(int(amount or 0), currency))
    return RecipeMetric(
        words={"en": one.en, "ru": one.ru}, event=one.of, within=one.within, people=people, times=times, amount=amount
    )
