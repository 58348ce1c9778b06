"""The demo shop's marketing: the documents beside this file, applied once, so that later edits stay."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hourglass.definitions import Kinds, apply_folder
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction

SHOP = Path(__file__).with_name("shop")


def open_shop(tx: Transaction, workspace_id: WorkspaceId, kinds: Kinds, now: datetime) -> int:
    """Apply every segment, journey, template and topic; returns how many there are."""
    return len(apply_folder(tx, workspace_id, SHOP, kinds, "demo", now))
