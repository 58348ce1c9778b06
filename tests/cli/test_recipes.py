"""`hourglass recipes`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.cli.journeys.recipes import add, report, show, show_all, start


def test_a_recipe_is_listed_shown_and_added_in_a_language(data: Path, capsys) -> None:
    add("second-purchase", set_=("code=SECOND20", "discount=20"), locale="ru", data=data)
    out = capsys.readouterr().out
    assert "+ journey/second-purchase" in out
    assert out.splitlines()[-1] == "journey/second-purchase: draft"
    show("second-purchase", lang="ru", data=data)
    assert "--set code=SECOND10  Промокод" in capsys.readouterr().out
    show_all(data=data)
    [line] = [one for one in capsys.readouterr().out.splitlines() if "second-purchase" in one]
    assert "draft" in line
    assert "lacks" in line
    start("second-purchase", data=data)
    assert capsys.readouterr().out == "journey/second-purchase: live\n"


def test_a_recipe_brings_its_codes_and_all_its_journeys_and_reports(data: Path, capsys) -> None:
    add("referral-reward", data=data)
    assert "+ promo referral-reward: 1000 codes made; tell the shop: hourglass promo export referral-reward" in (
        capsys.readouterr().out.splitlines()
    )
    add("referral-reward", again=True, data=data)
    assert "= promo referral-reward: 1000 codes left" in capsys.readouterr().out.splitlines()
    add("lead-nurture", data=data)
    start("lead-nurture", data=data)
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "journey/lead-nurture-sales: live",
        "journey/lead-nurture: live",
    ]
    report("lead-nurture", lang="ru", data=data)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "После гайда (lead-nurture)"
    assert [one.split(":")[0].strip() for one in told[1:4]] == ["lead-nurture", "lead-nurture-sales", "Охват, человек"]
    assert told[4] == "  Первые заказы: 0, 0.00 EUR (за 45 дн., человек: 0)"


def test_a_setting_is_written_with_an_equals_sign(data: Path, capsys) -> None:
    with pytest.raises(SystemExit):
        add("welcome", set_=("code",), data=data)
    assert "wait=2h" in capsys.readouterr().err
