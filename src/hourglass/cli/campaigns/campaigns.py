"""`hourglass campaigns`: how they stand; send, pause, resume, cancel, winner, report."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from hourglass import campaigns
from hourglass.app import installation_clock
from hourglass.campaigns import campaign_words as say
from hourglass.cli.campaigns.report import show_list, show_report, show_standing, table
from hourglass.cli.language import Lang, language_of
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import WorkspaceId
from hourglass.messages import providers_health
from hourglass.postgres import Transaction
from hourglass.reports import campaign_page

CAMPAIGNS = App(name="campaigns", help="Campaigns: how they stand; send, pause, resume, cancel, winner, report.")

Key = Annotated[str, Parameter(help="Key of the campaign.")]
Edition = Annotated[int | None, Parameter(help="One edition of a campaign that repeats; else all of it.")]


@CAMPAIGNS.command(name="list")
def show_all(*, lang: Lang = None, data: DataFolder = None) -> None:
    """Every campaign, and how far its last send is."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        rows = campaigns.standing(tx, workspace, installation_clock(database).now())
    show_list(rows, workspace, language_of(lang, workspace))


@CAMPAIGNS.command
def send(
    key: Key,
    *,
    anyway: Annotated[bool, Parameter(help="Even where the rules for bulk mail are not kept.", negative=())] = False,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """Let it go out by its schedule; `hourglass serve` does the work."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        now = installation_clock(database).now()
        if not anyway:
            campaigns.refuse_unready(database, workspace, key, settings, now)
        campaigns.send(tx, workspace, key, getpass.getuser(), now, anyway=anyway)
        one = campaigns.standing_of(tx, workspace, key, now)
    show_standing(one, workspace, language_of(lang, workspace))


@CAMPAIGNS.command
def pause(key: Key, *, edition: Edition = None, lang: Lang = None, data: DataFolder = None) -> None:
    """Nothing more leaves until it is resumed."""
    _steer(campaigns.pause, key, edition, lang, data)


@CAMPAIGNS.command
def resume(key: Key, *, edition: Edition = None, lang: Lang = None, data: DataFolder = None) -> None:
    """It goes on where it stood."""
    _steer(campaigns.resume, key, edition, lang, data)


@CAMPAIGNS.command
def cancel(key: Key, *, edition: Edition = None, lang: Lang = None, data: DataFolder = None) -> None:
    """Nothing more leaves; whoever did not get it is noted with the reason."""
    _steer(campaigns.cancel, key, edition, lang, data)


@CAMPAIGNS.command
def winner(
    key: Key,
    variant: Annotated[str, Parameter(help="The variant that the rest gets.")],
    *,
    edition: Edition = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """End the test by hand: the rest gets this variant."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        campaigns.choose_by_hand(tx, workspace, key, variant, getpass.getuser(), now, edition)
        one = campaigns.standing_of(tx, workspace, key, now, edition)
    show_standing(one, workspace, language_of(lang, workspace))


@CAMPAIGNS.command
def report(
    key: Key,
    *,
    edition: Edition = None,
    html: Annotated[Path | None, Parameter(name="--html", help="Where to write the page.")] = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """What came of it: who got it and who did not, what they did, what they bought, what it added."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        language, now = language_of(lang, workspace), installation_clock(database).now()
        show_report(campaigns.report(tx, workspace, key, now, edition), workspace, language)
        if html is not None:
            html.write_text(campaign_page(tx, workspace, key, now, language, edition), encoding="utf-8")
            print(say("written", language, file=html))


@CAMPAIGNS.command
def providers(*, data: DataFolder = None) -> None:
    """How the providers do that were used lately: closed is well, open is left alone, probing is being tried."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        rows = providers_health(tx, workspace.id, installation_clock(database).now())
    table(
        ["provider", "channel", "state", "since", "why"],
        [[one.provider, one.channel, one.state, f"{one.since:%Y-%m-%d %H:%M}", one.why] for one in rows],
    )


def _steer(
    act: Callable[[Transaction, WorkspaceId, str, int | None], None],
    key: str,
    edition: int | None,
    lang: str | None,
    data: Path | None,
) -> None:
    """Do it, and show how the campaign stands then."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        act(tx, workspace.id, key, edition)
        one = campaigns.standing_of(tx, workspace, key, installation_clock(database).now(), edition)
    show_standing(one, workspace, language_of(lang, workspace))
