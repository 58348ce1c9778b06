"""`hourglass recipes`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.cli.recipes import add, show, show_all, start


def test_a_recipe_is_listed_shown_and_added_in_a_language(data: Path, capsys) -> None:
    add("second-purchase", set_=("code=SECOND20", "discount=20"), locale="ru", data=data)
    out = capsys.readouterr().out
    assert "+ journey/second-purchase" in out
    assert out.splitlines()[-1] == "journey/second-purchase: draft"
    show("second-purchase", locale="ru", data=data)
    assert "--set code=SECOND10  Промокод" in capsys.readouterr().out
    show_all(data=data)
    [line] = [one for one in capsys.readouterr().out.splitlines() if "second-purchase" in one]
    assert "draft" in line
    assert "lacks" in line
    start("second-purchase", data=data)
    assert capsys.readouterr().out == "journey/second-purchase: live\n"


def test_a_setting_is_written_with_an_equals_sign(data: Path, capsys) -> None:
    with pytest.raises(SystemExit):
        add("welcome", set_=("code",), data=data)
    assert "wait=2h" in capsys.readouterr().err
