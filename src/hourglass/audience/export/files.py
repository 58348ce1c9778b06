"""Members as a file: CSV, JSON lines or Parquet, written as they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct

from hourglass.audience.export.csv_file import write_csv
from hourglass.audience.export.fields import Fields, Member
from hourglass.audience.export.members import stream
from hourglass.audience.export.parquet_file import write_parquet
from hourglass.definitions import find
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction

Format = Literal["csv", "jsonl", "parquet"]
Blocks = Iterator[list[Member]]


class Layout(Struct, frozen=True, kw_only=True):
    """How a file is written. `bom` and `delimiter` are for CSV: Excel takes UTF-8 for what it is only with the mark."""

    format: Format = "csv"
    bom: bool = False
    delimiter: Literal[",", ";", "\t"] = ","


MEDIA: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def export_members(
    tx: Transaction, workspace_id: WorkspaceId, key: str, fields: Fields, layout: Layout, file: BinaryIO
) -> int:
    """Write everybody who is in the segment now; how many they are. Raises NotFound."""
    segment_id = find(tx, workspace_id, "segment", key).id
    blocks = stream(tx, workspace_id, segment_id, fields)
    if layout.format == "csv":
        return write_csv(blocks, fields, file, bom=layout.bom, delimiter=layout.delimiter)
    write: Callable[[Blocks, Fields, BinaryIO], int] = {"jsonl": write_json_lines, "parquet": write_parquet}[
        layout.format
    ]
    return write(blocks, fields, file)


def write_json_lines(blocks: Blocks, fields: Fields, file: BinaryIO) -> int:
    """One object a line."""
    encoder, rows = msgspec.json.Encoder(), 0
    for block in blocks:
        file.writelines(encoder.encode(fields.document(member)) + b"\n" for member in block)
        rows += len(block)
    return rows


def format_of(path: Path) -> Format:
    """What the ending of a file name asks for; CSV where it says nothing."""
    endings: dict[str, Format] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
    return endings.get(path.suffix.lower(), "csv")
