"""`hourglass audiences`: what other systems were told of the audiences they keep, and what they have not taken."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from hourglass.cli.language import Lang, language_of
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.journeys import AudienceState, audience_states
from hourglass.kernel import NotFound, Workspace

AUDIENCES = App(name="audiences", help="Audiences in other systems: who waits, was added, removed or not taken.")
_COUNTS = ("waiting", "added", "removed", "refused", "failed")
_WORDS = {
    "en": ("waiting", "added", "removed", "refused", "failed", "last told {at}", "not told yet"),
    "ru": ("ждут", "добавлены", "убраны", "не приняты", "с ошибкой", "последняя передача {at}", "ещё не передавали"),
}


@AUDIENCES.command(name="list")
def show_all(*, lang: Lang = None, data: DataFolder = None) -> None:
    """Every audience of every connector, in people of the last 30 days, with the latest problem."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for one in audience_states(tx, workspace.id):
            _print(one, workspace, language_of(lang, workspace))


@AUDIENCES.command
def show(
    name: Annotated[str, Parameter(help="Name of the audience, as the step says it.")],
    *,
    connector: Annotated[str | None, Parameter(help="Key of the connector, if several have one.")] = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """One audience."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        told = [one for one in audience_states(tx, workspace.id) if one.audience == name]
        asked = [one for one in told if connector in (None, one.connector)]
        if not asked:
            raise NotFound(f"Nobody was put into an audience “{name}” or taken out of it in the last 30 days.")
        for one in asked:
            _print(one, workspace, language_of(lang, workspace))


def _print(one: AudienceState, workspace: Workspace, language: str) -> None:
    words = _WORDS[language]
    counts = ", ".join(f"{word} {getattr(one, field)}" for word, field in zip(words, _COUNTS, strict=False))
    at = one.last_at and words[5].format(at=f"{one.last_at.astimezone(workspace.tz()):%Y-%m-%d %H:%M}")
    problem = "" if one.problem is None else f"{one.problem[language]} {one.detail or ''}".strip()
    print(one.audience, one.connector, counts, at or words[6], problem, sep="\t")
