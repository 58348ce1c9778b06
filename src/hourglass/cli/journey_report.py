"""`hourglass journeys report KEY --html OUT`: the graph of a journey with its numbers, as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from hourglass import backtest
from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly


def report_journey(
    key: Annotated[str, Parameter(help="Key of the journey.")],
    *,
    html: Annotated[Path, Parameter(name="--html", help="Where to write the page.")],
    lang: Annotated[str | None, Parameter(help="en or ru; else the language of the workspace.")] = None,
    data: DataFolder = None,
) -> None:
    """Everybody who ever entered: who came to which step, waits, left, got messages or did not, and what it earned."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        language = "ru" if (lang or workspace.locale).startswith("ru") else "en"
        page = backtest.journey_page(tx, workspace, key, installation_clock(database).now(), language)
    html.write_text(page, encoding="utf-8")
    print(f"{html} is written.")
