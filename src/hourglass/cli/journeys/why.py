"""`hourglass why`: why somebody got a message, or did not."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from hourglass import messages, reports
from hourglass.app import installation_clock
from hourglass.cli.language import Lang, language_of
from hourglass.cli.opening import DataFolder, opened, plainly


def why(
    person: Annotated[str, Parameter(help="An address, any other identifier, or the number of a person.")],
    *,
    journey: Annotated[str | None, Parameter(help="Key of the journey.")] = None,
    campaign: Annotated[str | None, Parameter(help="Key of the campaign.")] = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """Tell the whole chain: entry, steps, every answer of the policy gate with its time and rule, what became of it."""
    if (journey is None) == (campaign is None):
        print("Name either a --journey or a --campaign.", file=sys.stderr)
        sys.exit(1)
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        if journey is not None:
            told = reports.why_journey(tx, workspace, person, journey, installation_clock(database).now())
            name, summary, links = told.name or told.person, told.summary, told.decisions
        else:
            found = messages.why(tx, workspace, person, "campaign", str(campaign))
            name, summary, links = found.name or found.person, found.summary, found.chain
        zone = workspace.tz()
    language = language_of(lang, workspace)
    print(f"{name}: {summary[language]}")
    for link in links:
        at = link.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if link.at else ""
        run = f"[{link.run}] " if isinstance(link, reports.RunDecision) and link.run else ""
        print(f"  {at:<19}  {run}{link.words[language]}")
