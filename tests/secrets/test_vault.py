from __future__ import annotations

import stat
from base64 import b64encode
from pathlib import Path

import msgspec
import pytest

from hourglass.kernel import Malformed, Secret, Settings, Unavailable, WorkspaceId
from hourglass.secrets import open_vault

SHOP, OTHER = WorkspaceId(1), WorkspaceId(2)


def test_what_is_sealed_opens_again_and_does_not_show(data: Path) -> None:
    vault = open_vault(Settings(data=data))
    sealed = vault.seal(SHOP, "sendgrid", "SG.пароль")
    assert "SG.пароль".encode() not in sealed
    assert open_vault(Settings(data=data)).open(SHOP, "sendgrid", sealed) == "SG.пароль"


def test_the_same_text_is_sealed_differently_each_time(data: Path) -> None:
    vault = open_vault(Settings(data=data))
    assert vault.seal(SHOP, "a", "x") != vault.seal(SHOP, "a", "x")


def test_only_the_owner_may_read_the_key_file(data: Path) -> None:
    open_vault(Settings(data=data)).seal(SHOP, "a", "x")
    assert stat.S_IMODE((data / "vault.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(("workspace", "name"), [(OTHER, "a"), (SHOP, "b")])
def test_a_row_copied_to_another_place_does_not_open(data: Path, workspace: WorkspaceId, name: str) -> None:
    vault = open_vault(Settings(data=data))
    with pytest.raises(Unavailable, match="was changed"):
        vault.open(workspace, name, vault.seal(SHOP, "a", "x"))


def test_a_changed_octet_does_not_open(data: Path) -> None:
    vault = open_vault(Settings(data=data))
    sealed = bytearray(vault.seal(SHOP, "a", "x"))
    sealed[-1] ^= 1
    with pytest.raises(Unavailable, match="was changed"):
        vault.open(SHOP, "a", bytes(sealed))


def test_without_its_key_it_says_what_to_do(data: Path, tmp_path: Path) -> None:
    sealed = open_vault(Settings(data=data)).seal(SHOP, "a", "x")
    with pytest.raises(Unavailable, match="hourglass secrets set"):
        open_vault(Settings(data=tmp_path / "elsewhere")).open(SHOP, "a", sealed)


def test_a_key_of_the_environment_needs_no_file(data: Path) -> None:
    stated = Settings(data=data, secrets_key="ab" * 32)
    sealed = open_vault(stated).seal(SHOP, "a", "x")
    assert not (data / "vault.key").exists()
    both = msgspec.structs.replace(stated, secrets_key=f"{b64encode(b'k' * 32).decode()},{'ab' * 32}")
    assert open_vault(both).open(SHOP, "a", sealed) == "x"


def test_a_key_that_is_none_is_refused(data: Path) -> None:
    with pytest.raises(Malformed, match="openssl rand"):
        open_vault(Settings(data=data, secrets_key="password"))


def test_a_rotation_keeps_everything_readable_in_between(data: Path) -> None:
    vault, other = open_vault(Settings(data=data)), open_vault(Settings(data=data))
    sealed = vault.seal(SHOP, "a", "x")
    vault.add_key()
    fresh = vault.seal(SHOP, "a", "x")
    assert other.open(SHOP, "a", sealed) == other.open(SHOP, "a", fresh) == "x"
    vault.drop_old_keys()
    assert open_vault(Settings(data=data)).open(SHOP, "a", fresh) == "x"
    with pytest.raises(Unavailable):
        open_vault(Settings(data=data)).open(SHOP, "a", sealed)


def test_a_secret_never_shows_itself() -> None:
    secret = Secret("hunter2", "mail")
    assert "hunter2" not in f"{secret!r} {secret} {[secret]}"
    assert secret.reveal() == "hunter2"
