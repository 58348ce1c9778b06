"""Channel documents in git: what is written out names secrets, and reads back as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hourglass import definitions
from hourglass.channels import CHANNEL, channel_standing
from hourglass.definitions import Kinds, apply_folder, diff_folder, export_folder
from hourglass.kernel import Settings, WorkspaceId
from hourglass.postgres import Database
from hourglass.secrets import open_vault, put_secret

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHOP = WorkspaceId(1)
KINDS = Kinds([CHANNEL])
GRID: dict[str, Any] = {"kind": "channel", "key": "grid", "plugin": "sendgrid",
        "settings": {"api_key": {"secret": "grid"}, "sender": "Shop <shop@shop.example>"}}  # fmt: skip


def test_export_and_diff_show_the_name_alone(database: Database, data: Path, tmp_path: Path) -> None:
    with database.transaction() as tx:
        put_secret(tx, open_vault(Settings(data=data)), SHOP, "grid", "SG.hunter2", author="test", now=NOW)
        definitions.put(tx, SHOP, GRID, kinds=KINDS, author="test", now=NOW)
        [path] = export_folder(tx, SHOP, tmp_path)
        text = path.read_text("utf-8")
        path.write_text(text.replace("Shop <", "Our shop <"), "utf-8")
        [change] = diff_folder(tx, SHOP, tmp_path, KINDS)
        apply_folder(tx, SHOP, tmp_path, KINDS, "test", NOW)
    assert "secret: grid" in text
    assert change.action == "update"
    assert "hunter2" not in text + change.diff


def test_a_document_whose_secret_is_missing_is_saved_with_a_warning(database: Database, data: Path) -> None:
    with database.transaction() as tx:
        definitions.put(tx, SHOP, GRID, kinds=KINDS, author="test", now=NOW)
        secret, deaf = KINDS.doubts(tx, SHOP, GRID)
        [standing] = channel_standing(tx, SHOP, open_vault(Settings(data=data)))
    assert "hourglass secrets set grid" in secret.message
    assert (deaf.path, "webhook_key" in deaf.message) == ("settings.webhook_key", True)
    assert (standing.key, "hourglass secrets set grid" in standing.lacks) == ("grid", True)


def test_a_document_with_everything_is_ready_and_without_doubt(database: Database, data: Path) -> None:
    whole = {**GRID, "settings": {**GRID["settings"], "webhook_key": "MFkw"}}
    with database.transaction() as tx:
        put_secret(tx, open_vault(Settings(data=data)), SHOP, "grid", "SG.hunter2", author="test", now=NOW)
        definitions.put(tx, SHOP, whole, kinds=KINDS, author="test", now=NOW)
        assert KINDS.doubts(tx, SHOP, whole) == []
        [standing] = channel_standing(tx, SHOP, open_vault(Settings(data=data)))
    assert (standing.channel, standing.lacks) == ("email", "")
