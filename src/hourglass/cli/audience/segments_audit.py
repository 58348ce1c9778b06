"""`hourglass segments audit`: live membership held against a rebuild from the lake."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from hourglass import audience
from hourglass.app import installation_clock
from hourglass.cli.audience.segment_builds import Spark
from hourglass.cli.opening import DataFolder, opened, plainly


def audit_segments(
    *,
    mend: Annotated[bool, Parameter(help="Have everybody in the wrong place asked again.")] = False,
    spark: Spark = None,
    data: DataFolder = None,
) -> None:
    """Compare who is in each segment with a rebuild from the lake; exit code 1 when anything differs."""
    with plainly(), opened(data) as (database, workspace, settings):
        clock = installation_clock(database)
        cluster = audience.build.Cluster.at(settings.spark if spark is None else spark)
        report = audience.audit(database, settings.data, workspace, clock.now, cluster)
        with database.transaction() as tx:
            audience.note_audit(tx, workspace.id, report)
            mended = audience.mend_members(tx, workspace.id, report, clock.now()) if mend else 0
    print(f"{report.people} people in {report.segments} segments, {report.wrong} differences, {report.seconds:.1f} s")
    for one in report.differences:
        print(_line(one))
    if mended:
        print(f"{mended} people will be asked again by the next tick.")
    if report.wrong:
        sys.exit(1)


def _line(one: audience.Difference) -> str:
    """One difference with the clauses that explain it."""
    place = "is a member and should not be" if one.member else "is no member and should be"
    clauses = "; ".join(
        f"{clause.words['en']}: live {_said(clause.live)}, rebuilt {_said(clause.rebuilt)}" for clause in one.clauses
    )
    return f"{one.segment}: person {one.person} {place} ({clauses or 'the membership was not renewed'})"


def _said(truth: bool) -> str:
    return "yes" if truth else "no"
