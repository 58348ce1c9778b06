"""`hourglass recipes`: scenarios that come along; which can work here, what is in one, adding and starting it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from typing import Annotated

import yaml
from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from hourglass import recipes
from hourglass.app import KINDS, installation_clock
from hourglass.cli.language import Lang, language_of
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.definitions import set_state
from hourglass.kernel import Malformed, parse_duration
from hourglass.recipes import ORDERED, RecipeChoice, RecipeMetric, RecipeNeed, RecipePool

RECIPES = App(name="recipes", help="Ready-made scenarios: list, show, add, start, report.")

Key = Annotated[str, Parameter(help="Key of the recipe.")]
Locale = Annotated[
    str | None, Parameter(help="Language of the names of documents, en or ru; left out: the workspace's.")
]
_WORDS = {
    "ready": {"en": "ready", "ru": "готов"},
    "lacks": {"en": "lacks", "ru": "не хватает"},
    "journey": {
        "en": "{} entered, {} in it, {} messages sent, {} withheld",
        "ru": "вошли — {}, внутри — {}, отправлено — {}, придержано — {}",
    },
    "reached": {"en": "reached: {} people", "ru": "Охват, человек: {}"},
    "metric": {"en": "within {} days, {} people", "ru": "за {} дн., человек: {}"},
}


@RECIPES.command(name="list")
def show_all(*, lang: Lang = None, data: DataFolder = None) -> None:
    """All recipes, those first whose events came within 30 days; by stage of the hourglass."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        lines = recipes.listed(tx, workspace, installation_clock(database).now())
    spoken = language_of(lang, workspace)
    table = Table("stage", "key", "name", "here", "events", box=None, pad_edge=False)
    stage = ""
    for one in lines:
        here = one.added or (_WORDS["ready"][spoken] if one.ready else "–")
        table.add_row(
            "" if one.stage == stage else one.stage_name[spoken], one.key, one.name[spoken], here,
            "" if one.ready else f"{_WORDS['lacks'][spoken]}: {_lacking(one.needs)}",
        )  # fmt: skip
        stage = one.stage
    Console().print(table)


@RECIPES.command
def show(key: Key, *, lang: Lang = None, data: DataFolder = None) -> None:
    """What a recipe does, what it needs, what can be set, and its journey."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = recipes.shown(tx, workspace, key, installation_clock(database).now())
    line, spoken = found.recipe, language_of(lang, workspace)
    print(f"{line.name[spoken]} ({line.key})\n{line.description[spoken]}\n")
    for need in line.needs:
        print(f"{'+' if need.met else '!'} {_told(need)}")
    for setting in line.settings:
        print(f"  --set {setting.name}={setting.value}  {setting.words[spoken]}")
    for document in found.documents:
        if document["kind"] == "journey":
            print(f"\n{yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)}", end="")
        else:
            print(f"\n{document['kind']}/{document['key']}: {document.get('name', '')}", end="")
    print()


@RECIPES.command
def add(
    key: Key,
    *,
    set_: Annotated[tuple[str, ...], Parameter(name="--set", help="A setting, like wait=2h; may be repeated.")] = (),
    locale: Locale = None,
    live: Annotated[bool, Parameter(help="Start it now; left out: the journey is a draft.")] = False,
    again: Annotated[bool, Parameter(help="Save it over what was added before, as new versions.")] = False,
    data: DataFolder = None,
) -> None:
    """Add a recipe: its segments, templates and journey become documents of yours."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        choice = RecipeChoice(settings=_settings(set_), locale=locale or workspace.locale, live=live, again=again)
        now = installation_clock(database).now()
        made = recipes.add(tx, workspace, key, choice, kinds=KINDS, author=getpass.getuser(), now=now)
    signs = {"created": "+", "updated": "~", "kept": "="}
    for one in made.documents:
        print(f"{signs[one.action]} {one.kind}/{one.key}")
    for pool in made.pools:
        print(_coded(pool))
    for need in made.to_do:
        print(f"! {_told(need)}")
    print(f"journey/{made.key}: {made.state}")


@RECIPES.command
def start(key: Key, *, data: DataFolder = None) -> None:
    """Let people into the journeys of a recipe that was added as a draft."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        for one in (*(str(other["key"]) for other in recipes.recipe(key).beside), key):
            found = set_state(tx, workspace.id, "journey", one, "live", now)
            print(f"journey/{one}: {found.state}")


@RECIPES.command
def report(key: Key, *, lang: Lang = None, data: DataFolder = None) -> None:
    """What a recipe that was added has brought: its journeys in numbers, and what people did after it."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        told = recipes.report(tx, workspace, key)
    spoken = language_of(lang, workspace)
    print(f"{told.name[spoken]} ({told.key})")
    for one in told.journeys:
        words = _WORDS["journey"][spoken]
        print(f"  {one.key}: {words.format(one.entered, one.waiting, one.sent, one.withheld)}")
    print(_WORDS["reached"][spoken].format(told.reached))
    for metric in told.metrics:
        words = _WORDS["metric"][spoken].format(parse_duration(metric.within, "within").days, metric.people)
        print(f"  {metric.words[spoken]}: {metric.times}{_amount(metric, told.currency)} ({words})")


def _settings(told: Iterable[str]) -> dict[str, str | int]:
    pairs = [one.partition("=") for one in told]
    for name, sign, _ in pairs:
        if not sign:
            raise Malformed(f"Write a setting like wait=2h, not “{name}”.", path="--set")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _coded(pool: RecipePool) -> str:
    if not pool.made:
        return f"= promo {pool.pool}: {pool.left} codes left"
    return f"+ promo {pool.pool}: {pool.made} codes made; tell the shop: hourglass promo export {pool.pool}"


def _amount(metric: RecipeMetric, currency: str) -> str:
    """Of orders it is money, of anything else a plain number."""
    if metric.amount is None:
        return ""
    return f", {metric.amount:,.2f} {currency}" if metric.event == ORDERED else f", {metric.amount:g}"


def _lacking(needs: Iterable[RecipeNeed]) -> str:
    return ", ".join(one.name if not one.seen else f"{one.name}.{one.missing[0]}" for one in needs if not one.met)


def _told(need: RecipeNeed) -> str:
    if not need.seen:
        return f"No {need.of} “{need.name}”" + (" came within 30 days." if need.of == "event" else " is known yet.")
    if need.missing:
        return f"None of the latest “{need.name}” has {', '.join(need.missing)}."
    return f"{need.name} comes." if need.of == "event" else f"{need.name} is known."
