"""What Hourglass keeps is for its own user to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from hourglass.kernel import ensure_folder, keep_private


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.fixture
def usual() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual")
def test_files_are_made_for_their_own_user(tmp_path: Path) -> None:
    keep_private()
    ensure_folder(tmp_path / "data")
    (tmp_path / "data" / "serve.log").write_text("a link")
    assert (mode(tmp_path / "data"), mode(tmp_path / "data" / "serve.log")) == ("0o700", "0o600")


@pytest.mark.usefixtures("usual")
def test_a_folder_that_stood_open_is_closed_to_all_but_its_group(tmp_path: Path) -> None:
    for before, after in ((0o755, "0o751"), (0o777, "0o771"), (0o750, "0o750"), (0o711, "0o711")):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data").chmod(before)
        ensure_folder(tmp_path / "data")
        assert mode(tmp_path / "data") == after
