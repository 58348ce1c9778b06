"""`hourglass journeys report KEY`: a journey in numbers, what it added first; by `--html` as a page with its graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from hourglass import reports
from hourglass.app import installation_clock
from hourglass.cli.language import Lang, language_of
from hourglass.cli.opening import DataFolder, opened, plainly


def report_journey(
    key: Annotated[str, Parameter(help="Key of the journey.")],
    *,
    html: Annotated[Path | None, Parameter(name="--html", help="Where to write the page.")] = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """Everybody who ever entered: who came to which step, waits, left, got messages or did not, and what it earned."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        language, now = language_of(lang, workspace), installation_clock(database).now()
        flow = reports.journey_flow(tx, workspace, key, now)
    for line in reports.report_lines(flow, language):
        print(line)
    if html is not None:
        with plainly():
            html.write_text(reports.report_page(flow, workspace, now, language), encoding="utf-8")
        print(f"{html} is written.")
