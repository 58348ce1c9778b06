"""The commands of `hourglass segments` that change static lists: import, add, remove, undo."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

from hourglass import audience, definitions
from hourglass.app import KINDS, installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import Malformed

List = Annotated[str, Parameter(help="Key of the list.")]
People = Annotated[tuple[int, ...], Parameter(name="--person", help="Number of a person; may be repeated.")]
Identifiers = Annotated[
    tuple[str, ...], Parameter(name="--identifier", help="Like email=anna@example.com; may be repeated.")
]
Segment = Annotated[str | None, Parameter(help="Everybody who is in this segment now.")]


def import_file(
    key: List,
    file: Annotated[Path, Parameter(help="CSV (Excel's too), JSON lines, or one identifier a line.")],
    *,
    column: Annotated[
        tuple[str, ...], Parameter(help="What a column holds, where its name does not say it: Mail=email, 2=phone.")
    ] = (),
    create: Annotated[bool, Parameter(help="Make contacts of those whom nobody knows yet; gives no consent.")] = False,
    new: Annotated[str | None, Parameter(help="Make the list first, with this name.")] = None,
    missed: Annotated[Path | None, Parameter(help="Where lines go that matched nobody, with the reason.")] = None,
    data: DataFolder = None,
) -> None:
    """Put everybody a file names on a static list; lines that match nobody are written beside it, with the reason."""
    with plainly(), opened(data) as (database, workspace, settings):
        now = installation_clock(database).now()
        report = missed or file.with_name(f"{file.name}.missed.jsonl")
        if not file.is_file():
            raise Malformed(f"There is no file {file}.", path="FILE")
        with file.open("rb") as lines, report.open("wb") as out, database.transaction() as tx:
            if new is not None:
                document = {"kind": "segment", "key": key, "name": new, "list": True}
                definitions.put(
                    tx, workspace.id, document, kinds=KINDS, author=getpass.getuser(), now=now, expected_version=0
                )
            done = audience.import_list(
                tx,
                workspace.id,
                key,
                lines,
                columns=_columns(column),
                create=create,
                source=file.name,
                author=getpass.getuser(),
                now=now,
                partitions=settings.partitions,
                refuse=lambda miss: _write(out.write, miss),
            )
        _tell(done, report)


def add_people(
    key: List,
    *,
    person: People = (),
    identifier: Identifiers = (),
    segment: Segment = None,
    data: DataFolder = None,
) -> None:
    """Put people on a static list."""
    _change(audience.add_to_list, key, person, identifier, segment, data)


def remove_people(
    key: List,
    *,
    person: People = (),
    identifier: Identifiers = (),
    segment: Segment = None,
    data: DataFolder = None,
) -> None:
    """Take people off a static list."""
    _change(audience.remove_from_list, key, person, identifier, segment, data)


def undo(key: List, *, data: DataFolder = None) -> None:
    """Take back the last change of a static list; again, and the one before is taken back too."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        done = audience.undo_change(tx, workspace.id, key, author=getpass.getuser(), now=now)
    print(f"Taken back: {done.source}. {done.entered} entered, {done.left} left.")


def _change(
    act: Callable[..., Any],
    key: str,
    people: tuple[int, ...],
    identifiers: tuple[str, ...],
    segment: str | None,
    data: Path | None,
) -> None:
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        named = [audience.Named(kind=kind, value=value) for kind, value in map(_pair, identifiers)]
        whom = audience.Whom(people=list(people), identifiers=named, segment=segment)
        now = installation_clock(database).now()
        done = act(tx, workspace.id, key, whom, author=getpass.getuser(), now=now)
    print(f"{done.change.entered} entered, {done.change.left} left.")
    for miss in done.missed:
        print(f"{miss.text}: {miss.words}")


def _columns(told: tuple[str, ...]) -> dict[str, str]:
    """`Mail=email` to column → kind; a kind alone is for files with one identifier a line."""
    return dict(_pair(text) if "=" in text else ("", text) for text in told)


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (equals and left.strip() and right.strip()):
        raise Malformed(f"“{text}” should be two words with = between them, like email=anna@example.com.")
    return left.strip(), right.strip()


def _write(out: Callable[[bytes], Any], miss: audience.Miss) -> None:
    out(msgspec.json.encode(miss) + b"\n")


def _tell(done: audience.ImportReport, report: Path) -> None:
    sheet = done.sheet
    columns = ", ".join(f"{name} = {kind}" for name, kind in sheet.columns.items())
    print(f"Read as {sheet.format}, {sheet.encoding}{f': {columns}' if columns else ''}.")
    print(f"{done.lines} lines: {done.found} found, {done.created} new contacts, {done.missed} missed.")
    print(f"{done.entered} people entered the list (change {done.change.id}; `segments undo` takes it back).")
    if not done.missed:
        report.unlink()
        return
    for reason, lines in sorted(done.reasons.items(), key=lambda one: -one[1]):
        print(f"  {lines} x {audience.REASONS[reason]['en']}")
    print(f"The missed lines are in {report}.")
