"""`hourglass journeys move`: the people inside one version of a journey into another."""

from __future__ import annotations

import getpass
from typing import Annotated, Literal

from cyclopts import Parameter

from hourglass import journeys
from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import Malformed

_HOW = {
    "waits_on": "wait on at {to}",
    "begins": "begin {to}",
    "stays": "stay where they are",
    "leaves": "leave",
}


def move_people(
    key: Annotated[str, Parameter(help="Key of the journey.")],
    *,
    old: Annotated[int, Parameter(name="--from", help="The version they are in.")],
    new: Annotated[int | None, Parameter(name="--to", help="The one they go to; the newest.")] = None,
    mapping: Annotated[
        tuple[str, ...], Parameter(name="--map", help="OLD=NEW, steps by id or path; may be repeated.", negative=())
    ] = (),
    rest: Annotated[str, Parameter(help="Whose step is not there: stay, leave, or a step to go to.")] = "stay",
    waits: Annotated[Literal["keep", "anew"], Parameter(help="Keep their due times, or begin the step anew.")] = "keep",
    preview: Annotated[bool, Parameter(help="Only tell who would go where.", negative=())] = False,
    data: DataFolder = None,
) -> None:
    """Take the people inside one version over into another."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        wish = journeys.TakeOver(
            old=old, new=new, map=dict(_pair(one) for one in mapping), rest=rest, waits=waits, preview=preview
        )
        now = installation_clock(database).now()
        done = journeys.take_over(tx, workspace.id, key, wish, getpass.getuser(), now)
    for one in done.steps:
        print(f"{one.id or one.step} ({one.summary}): {one.people} {_HOW[one.how].format(to=one.to)}")
    print(
        f"{'Would move' if preview else 'Moved'} {done.moved} from version {done.old} to {done.new}; "
        f"{done.stayed} stay, {done.left} leave."
    )


def _pair(text: str) -> tuple[str, str]:
    old, sign, new = text.partition("=")
    if not (old and sign and new):
        raise Malformed(
            f"“{text}” is not like first=second: a step of the old version, and one of the new.", path="--map"
        )
    return old, new
