"""`hourglass segments`: who is in them, how many, over time and in common; files and webhooks of their members."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO, Literal, cast

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from hourglass import audience
from hourglass.app import installation_clock
from hourglass.cli.audience.ready_segments import ready
from hourglass.cli.audience.segment_builds import build_now, show_builds
from hourglass.cli.audience.segments_audit import audit_segments
from hourglass.cli.audience.static_lists import add_people, import_file, remove_people, undo
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.definitions import find
from hourglass.kernel import Malformed

SEGMENTS = App(name="segments", help="Segments and static lists: sizes, members, exports, imports.")
SEGMENTS.command(import_file, name="import")
SEGMENTS.command(add_people, name="add")
SEGMENTS.command(remove_people, name="remove")
SEGMENTS.command(undo)
SEGMENTS.command(build_now, name="build")
SEGMENTS.command(show_builds, name="builds")
SEGMENTS.command(audit_segments, name="audit")
SEGMENTS.command(ready)

Key = Annotated[str, Parameter(help="Key of the segment or list.")]
Columns = Annotated[
    str, Parameter(name="--fields", help="Columns, like profile_id,email,user_id,traits.city,entered_at.")
]
_SIGNS: dict[str, Literal[",", ";", "\t"]] = {"comma": ",", "semicolon": ";", "tab": "\t"}


@SEGMENTS.command(name="list")
def show_all(*, data: DataFolder = None) -> None:
    """Every segment and list with its members, and how many more than a week ago."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        rows = audience.standing(tx, workspace, installation_clock(database).now())
    _table(
        ["key", "kind", "state", "members", "week", "name"],
        [[one.key, one.kind, one.state, one.members, _signed(one.week), one.name] for one in rows],
    )


@SEGMENTS.command
def show(key: Key, *, data: DataFolder = None) -> None:
    """One segment: its size, its condition in words, or the last changes of a list."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = find(tx, workspace.id, "segment", key)
        (size,) = audience.standing(tx, workspace, installation_clock(database).now(), [key])
        print(f"{size.name}: {size.members} members ({_signed(size.week) or 'no count'} in a week), {size.state}")
        if size.kind == "live":
            print(audience.describe(audience.parse_condition(found.body["when"], "when")))
            return
        changes = audience.changes_of(tx, workspace.id, key, most=10)
    _table(
        ["change", "at", "author", "what", "entered", "left"],
        [[one.id, f"{one.at:%Y-%m-%d %H:%M}", one.author, _what(one), one.entered, one.left] for one in changes],
    )


@SEGMENTS.command
def members(
    key: Key,
    *,
    fields: Columns = "profile_id,name,email,phone,entered_at",
    limit: Annotated[int, Parameter(help="How many; up to 1000.")] = 20,
    data: DataFolder = None,
) -> None:
    """The first members, by the number of the person."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        columns = audience.read_fields(fields)
        now = installation_clock(database).now()
        found = audience.page(tx, workspace, key, columns, None, limit, now)
    names = list(dict.fromkeys(field.name.partition(".")[0] for field in columns.columns))
    _table(names, [[one.get(name) for name in names] for one in found.members])


@SEGMENTS.command
def export(
    key: Key,
    file: Annotated[Path | None, Parameter(help="Where to; `-` is the output. Its ending says the format.")] = None,
    *,
    fields: Columns = "",
    layout: Annotated[
        Literal["csv", "jsonl", "parquet"] | None, Parameter(name="--format", help="Where the ending does not say it.")
    ] = None,
    bom: Annotated[bool, Parameter(help="CSV: begin with the mark by which Excel knows UTF-8.")] = False,
    delimiter: Annotated[Literal["comma", "semicolon", "tab"], Parameter(help="CSV: between the cells.")] = "comma",
    webhook: Annotated[str, Parameter(help="Post to this https address instead, page by page, signed.")] = "",
    secret_file: Annotated[Path | None, Parameter(help="Holds the secret that signs what is posted.")] = None,
    page: Annotated[int, Parameter(help="Members in one request.")] = 500,
    data: DataFolder = None,
) -> None:
    """Write everybody who is a member now into a file, or post them to a receiver."""
    with plainly(), opened(data) as (database, workspace, settings):
        if not (webhook or file):
            raise Malformed("Say where to: a file, `-`, or --webhook URL.", path="FILE")
        ready = _receiver(webhook, secret_file, page, private=settings.webhook_private) if webhook else None
        chosen = "jsonl" if ready else layout or audience.format_of(file or Path())
        how = audience.Layout(format=chosen, bom=bom, delimiter=_SIGNS[delimiter])
        columns = audience.read_fields(fields)
        with _target(None if ready else file) as out:
            with database.transaction() as tx:
                count = audience.export_members(tx, workspace.id, key, columns, how, out)
            if ready:
                _post(out, key, ready)
            elif file != Path("-"):
                print(f"{count} members in {file}")


@SEGMENTS.command
def overlap(*keys: Annotated[str, Parameter(help="2 to 12 keys.")], data: DataFolder = None) -> None:
    """How much segments have in common."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = audience.overlap(tx, workspace.id, keys)
    _table(["segment", "members", "only here"], [[one.key, one.members, one.only_here] for one in found.segments])
    _table(
        ["both", "and", "members", "jaccard"], [[one.left, one.right, one.members, one.jaccard] for one in found.pairs]
    )


@SEGMENTS.command
def growth(
    key: Key, *, days: Annotated[int, Parameter(help="How many, today the last.")] = 30, data: DataFolder = None
) -> None:
    """Members at the end of each day, who entered and who left."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = audience.growth(tx, workspace, key, days, installation_clock(database).now())
    _table(["day", "members", "entered", "left"], [[one.day, one.members, one.entered, one.left] for one in found.days])
    print(f"Now: {found.members}")


def _receiver(url: str, secret_file: Path | None, page: int, *, private: bool) -> audience.Receiver:
    if secret_file is None or not secret_file.is_file():
        raise Malformed("A webhook is signed: name a file that holds the secret.", path="--secret-file")
    secret = audience.read_secret(secret_file.read_text(encoding="utf-8").strip())
    return audience.Receiver(url=url, secret=secret, page=page, private=private)


def _target(file: Path | None) -> BinaryIO:
    if file is None:
        return cast("BinaryIO", TemporaryFile())
    return sys.stdout.buffer if file == Path("-") else file.open("wb")


def _post(lines: BinaryIO, key: str, receiver: audience.Receiver) -> None:
    lines.seek(0)
    posted = 0
    for step in audience.post_members(lines, key, receiver):
        posted = step.members
    print(f"{posted} members posted to {receiver.url}")


def _what(change: audience.ListChange) -> str:
    taken_back = " (taken back)" if change.undone_by else ""
    return f"{change.kind} {change.source}{taken_back}"


def _signed(number: int | None) -> str:
    return "" if number is None else f"{number:+d}"


def _table(names: list[str], rows: list[list[object]]) -> None:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
