"""Makes an append outlive a loss of power: only then may the queue forget the rows."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from deltalake import DeltaTable
from msgspec import Struct


class _Add(Struct):
    path: str


class _Action(Struct):
    add: _Add | None = None


_decoder = msgspec.json.Decoder(_Action)


def settle(folder: Path, table: DeltaTable) -> int:
    """Force the files of the table's last commit to the disk (delta-rs leaves them to the system); their number."""
    log = folder / "_delta_log"
    entry = log / f"{table.version():020}.json"
    actions = [_decoder.decode(line) for line in entry.read_bytes().splitlines()]
    files = [folder / action.add.path for action in actions if action.add is not None]
    for path in [*files, *{file.parent for file in files}, entry, log, folder]:
        _sync(path)
    return len(files)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
