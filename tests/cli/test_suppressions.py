"""`hourglass suppressions`: the list goes from one installation to another as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.cli.messages.suppressions import SUPPRESSIONS
from tests.cli.conftest import Say, Speak


@pytest.fixture
def say(speak: Speak) -> Say:
    return speak(SUPPRESSIONS)


def test_a_list_goes_out_and_comes_in(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("email;reason\na@c.example;complained\nb@c.example;\nnonsense;\n", encoding="utf-8")
    assert say("import", file).startswith("2 added, 0 were there, 1 cannot be right")
    out = tmp_path / "out.csv"
    assert f"2 addresses in {out}" in say("export", out)
    lines = out.read_text("utf-8").splitlines()
    assert lines[0] == "address,channel,reason,detail,at,author"
    assert lines[1].startswith("a@c.example,email,complained,")
    assert lines[2].startswith("b@c.example,email,imported,")
    assert "0 added, 2 were there" in say("import", out)
    assert "a@c.example,email,complained" in say("export", "-")


def test_a_file_that_is_not_there_is_said_so(say: Say, tmp_path: Path) -> None:
    assert "There is no file" in say("import", tmp_path / "none.csv", code=1)
