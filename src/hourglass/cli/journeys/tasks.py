"""`hourglass tasks`: what journeys ask people to do."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import Annotated

from cyclopts import App, Parameter

from hourglass.app import installation_clock
from hourglass.cli.language import Lang, Language, language_of
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.journeys import JourneyTask, finish_task, list_tasks, take_task
from hourglass.kernel import Workspace

TASKS = App(name="tasks", help="What journeys ask people to do: list, take, done.")
_MOST = 500
_WORDS: Mapping[Language, tuple[str, str, str]] = {
    "en": ("done {at} by {who}", "until {at}", "open"),
    "ru": ("сделано {at}, {who}", "до {at}", "ждёт"),
}
Number = Annotated[int, Parameter(help="Number of the task, as the list shows it.")]


@TASKS.command(name="list")
def show(
    *,
    team: Annotated[str | None, Parameter(help="Only what this person or team is to do.")] = None,
    done: Annotated[bool, Parameter(help="What is done, instead of what is to be done.")] = False,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """What is to be done, the most urgent first: number, when, by whom, about whom, and what."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for one in list_tasks(tx, workspace.id, done=done, profile_id=None, most=_MOST):
            if team in (None, one.assignee):
                _print(one, workspace, lang)


@TASKS.command
def take(number: Number, *, lang: Lang = None, data: DataFolder = None) -> None:
    """Take a task on: it is that of whoever says so."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        now, author = installation_clock(database).now(), getpass.getuser()
        task = take_task(tx, workspace.id, number, author=author, now=now, partitions=settings.partitions)
    _print(task, workspace, lang)


@TASKS.command(name="done")
def finish(number: Number, *, lang: Lang = None, data: DataFolder = None) -> None:
    """Say that a task is done; who said so first counts."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        now, author = installation_clock(database).now(), getpass.getuser()
        task = finish_task(tx, workspace.id, number, author=author, now=now, partitions=settings.partitions)
    _print(task, workspace, lang)


def _print(one: JourneyTask, workspace: Workspace, lang: str | None) -> None:
    done, until, waits = _WORDS[language_of(lang, workspace)]
    at = one.done_at or one.due_at
    words = waits if at is None else done if one.done_at else until
    when = words.format(at=at and f"{at.astimezone(workspace.tz()):%Y-%m-%d %H:%M}", who=one.done_by)
    print(one.id, when, one.assignee or "–", one.person or one.profile_id, one.title, sep="\t")
