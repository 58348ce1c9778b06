"""`apply`, `diff`, `export`: marketing in git."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from pathlib import Path

from hourglass.app import KINDS
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.definitions import Change, apply_folder, diff_folder, export_folder
from hourglass.kernel import SystemClock


def apply(folder: Path, *, data: DataFolder = None) -> None:
    """Save every document of a folder, all or none."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        changes = apply_folder(
            tx,
            workspace.id,
            folder,
            KINDS,
            getpass.getuser(),
            SystemClock().now(),
            strict=settings.strict_launch,
        )
    _show(changes)  # only now: a pipe that was closed must not undo it


def diff(folder: Path, *, data: DataFolder = None) -> None:
    """Show what `apply` would change."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        changes = diff_folder(tx, workspace.id, folder, KINDS)
        for change in changes:
            print(change.diff, end="")
        _show(changes)


def export(folder: Path, *, data: DataFolder = None) -> None:
    """Write every document into a folder, one file each."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        written = export_folder(tx, workspace.id, folder)
    print(f"{len(written)} documents in {folder}")


def _show(changes: Iterable[Change]) -> None:
    signs = {"create": "+", "update": "~", "same": "=", "only_here": "?"}
    for change in changes:
        note = " (not in the folder)" if change.action == "only_here" else ""
        print(f"{signs[change.action]} {change.kind}/{change.key}{note}")
        for doubt in change.doubts:
            near = f" Known: {', '.join(doubt.near)}." if doubt.near else ""
            print(f"  ! {doubt.path}: {doubt.message}{near}")
