"""`hourglass import`: history from a file of Segment calls, as JSON lines or CSV. It sends nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hourglass import log
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.events import check, envelope
from hourglass.kernel import HourglassError, Malformed, SystemClock, digest

_CHUNK = 5000
_NESTED = ("properties", "traits", "context")


def import_events(
    file: Annotated[Path, Parameter(help="A .jsonl, .ndjson or .csv file.")],
    *,
    data: DataFolder = None,
    refused: Annotated[Path | None, Parameter(help="Where refused rows go, with the reason.")] = None,
) -> None:
    """Import history: Segment calls as JSON lines, or a CSV whose columns are named like `properties.order_id`.

    Running it again is safe: a row without messageId gets one made from the file's name and the row itself, so what is
    in already counts once.

    Parameters
    ----------
    file
        A .jsonl, .ndjson or .csv file.

    """
    with plainly(), opened(data) as (database, workspace, settings):
        report = refused or file.with_suffix(".refused.jsonl")
        total, bad = 0, 0
        rows = _read(file)
        with _bar() as bar, report.open("w", encoding="utf-8") as out:
            task = bar.add_task(f"Importing {file.name}", total=_count(file))
            while part := list(islice(rows, _CHUNK)):
                good, wrong = _sorted(part, file.name)
                with database.transaction() as tx:
                    log.append(tx, workspace.id, good, SystemClock().now(), settings.partitions)
                out.writelines(f"{msgspec.json.encode(row).decode()}\n" for row in wrong)
                total, bad = total + len(good), bad + len(wrong)
                bar.advance(task, len(part))
        if not bad:
            report.unlink()
        note = f"; {bad} refused, see {report}" if bad else ""
        Console().print(f"{total} events are in the log and will be processed as history{note}.")


def _sorted(rows: list[tuple[int, dict[str, Any] | str]], name: str) -> tuple[list[bytes], list[dict[str, Any]]]:
    good: list[bytes] = []
    wrong: list[dict[str, Any]] = []
    for line, row in rows:
        try:
            if isinstance(row, str):
                raise Malformed(row)
            good.append(_sealed(row, name))
        except HourglassError as error:
            wrong.append({"line": line, **error.body(), "row": row})
    return good, wrong


def _sealed(row: dict[str, Any], name: str) -> bytes:
    kind = row.pop("type", "track")
    content = msgspec.json.encode(row, order="deterministic")
    row.setdefault("messageId", f"import-{digest(name, content.decode()).hex}")
    check(msgspec.json.encode(row), kind, "row")
    return envelope(kind, row, historical=True)


def _read(file: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    if file.suffix.lower() == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as opened_file:
            for line, row in enumerate(csv.DictReader(opened_file), 2):
                yield line, _nested(row)
        return
    with file.open("rb") as opened_file:
        for line, text in enumerate(opened_file, 1):
            if text.strip():
                yield line, _json(text)


def _json(text: bytes) -> dict[str, Any] | str:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return f"This line is no JSON object: {error}"


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    """`properties.revenue` becomes {"properties": {"revenue": ...}}; empty cells are missing."""
    made: dict[str, Any] = {}
    for column, cell in row.items():
        if cell in (None, ""):
            continue
        group, _, field = str(column).partition(".")
        if group in _NESTED and field:
            made.setdefault(group, {})[field] = _number(cell)
        else:
            made[str(column)] = cell
    return made


def _number(cell: str) -> str | int | float:
    for kind in (int, float):
        try:
            number = kind(cell)
        except ValueError:
            continue
        # "007" and "1e5" are texts that look like numbers.
        return number if str(number) == cell or (kind is float and cell.replace(".", "", 1).isdigit()) else cell
    return cell


def _count(file: Path) -> int:
    with file.open("rb") as opened_file:
        return sum(1 for _ in opened_file)


def _bar() -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
