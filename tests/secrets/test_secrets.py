from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hourglass import definitions
from hourglass.cli.access import secrets as commands
from hourglass.definitions import Kind, Kinds
from hourglass.kernel import Conflict, Malformed, NotFound, Settings, WorkspaceId
from hourglass.postgres import Database
from hourglass.secrets import Vault, list_secrets, open_vault, put_secret, read_secrets, remove_secret, seal_anew

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHOP = WorkspaceId(1)
KINDS = Kinds([Kind(name="thing", read=lambda document: document)])


@pytest.fixture
def vault(data: Path) -> Vault:
    return open_vault(Settings(data=data))


def put(database: Database, vault: Vault, name: str, text: str) -> None:
    with database.transaction() as tx:
        put_secret(tx, vault, SHOP, name, text, author="anna", now=NOW)


def test_a_secret_is_read_by_the_program_only(database: Database, vault: Vault) -> None:
    put(database, vault, "sendgrid", "SG.key")
    with database.transaction() as tx:
        assert read_secrets(tx, vault, SHOP, ["sendgrid", "nobody"]) == {"sendgrid": "SG.key"}
        assert "SG.key" not in str(list_secrets(tx, SHOP))
        [(stored,)] = tx.execute(b"SELECT sealed FROM secrets").fetchall()
    assert b"SG.key" not in bytes(stored)


def test_setting_it_anew_replaces_it_and_wakes_those_who_keep_providers_open(database: Database, vault: Vault) -> None:
    put(database, vault, "mail", "one")
    with database.transaction() as tx:
        before = definitions.stamp(tx, SHOP)
    put(database, vault, "mail", "two")
    with database.transaction() as tx:
        assert read_secrets(tx, vault, SHOP, ["mail"]) == {"mail": "two"}
        assert definitions.stamp(tx, SHOP) > before


def test_another_workspace_has_its_own(database: Database, vault: Vault) -> None:
    put(database, vault, "mail", "one")
    with database.transaction() as tx:
        assert read_secrets(tx, vault, WorkspaceId(2), ["mail"]) == {}
        assert list_secrets(tx, WorkspaceId(2)) == []


@pytest.mark.parametrize(("name", "text"), [("Mail", "x"), ("a/b", "x"), ("", "x"), ("ok", ""), ("ok", "x" * 20_000)])
def test_what_cannot_be_is_refused_without_repeating_it(database: Database, vault: Vault, name: str, text: str) -> None:
    with pytest.raises(Malformed) as error:
        put(database, vault, name, text)
    assert "xxx" not in str(error.value)


def test_a_secret_that_a_document_needs_stays(database: Database, vault: Vault) -> None:
    put(database, vault, "mail", "one")
    thing: dict[str, Any] = {"kind": "thing", "key": "t", "deep": [{"key": {"secret": "mail"}}]}
    with database.transaction() as tx:
        definitions.put(tx, SHOP, thing, kinds=KINDS, author="anna", now=NOW)
        [line] = list_secrets(tx, SHOP)
        assert line.used_by == ["thing/t"]
        with pytest.raises(Conflict, match="thing/t"):
            remove_secret(tx, SHOP, "mail")
        definitions.remove(tx, SHOP, "thing", "t")
        remove_secret(tx, SHOP, "mail")
        with pytest.raises(NotFound):
            remove_secret(tx, SHOP, "mail")


def test_a_rotation_seals_everything_anew(database: Database, vault: Vault, data: Path) -> None:
    for number in range(3):
        put(database, vault, f"s{number}", f"text {number}")
    with database.transaction() as tx:
        before = tx.execute(b"SELECT sealed FROM secrets ORDER BY name").fetchall()
    vault.add_key()
    with database.transaction() as tx:
        assert seal_anew(tx, vault) == 3
    vault.drop_old_keys()
    with database.transaction() as tx:
        assert tx.execute(b"SELECT sealed FROM secrets ORDER BY name").fetchall() != before
        assert read_secrets(tx, open_vault(Settings(data=data)), SHOP, ["s0", "s2"]) == {"s0": "text 0", "s2": "text 2"}


def test_the_command_takes_the_text_from_a_pipe_and_never_prints_it(
    database: Database, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOURGLASS_DATABASE_URL", database.url)
    monkeypatch.setattr("sys.stdin", io.StringIO("SG.key\n"))
    commands.put("sendgrid", data=data)
    commands.rotate(data=data)
    commands.show(data=data)
    said = capsys.readouterr()
    assert "SG.key" not in said.out + said.err
    assert "sendgrid" in said.out
    with database.transaction() as tx:
        assert read_secrets(tx, open_vault(Settings(data=data)), SHOP, ["sendgrid"]) == {"sendgrid": "SG.key"}
    commands.remove("sendgrid", data=data)
    assert "forgotten" in capsys.readouterr().out
