"""`hourglass experiments`, each command once, on a real database."""

from __future__ import annotations

import pytest

from hourglass.cli.journeys.experiments import EXPERIMENTS
from hourglass.postgres import Database
from tests.cli.conftest import Say, Speak
from tests.experiments.desk import CART, ExperimentDesk
from tests.messages.shop import NOW, days


@pytest.fixture
def say(speak: Speak) -> Say:
    return speak(EXPERIMENTS)


def test_from_the_list_to_the_result(database: Database, say: Say) -> None:
    desk = ExperimentDesk(database)
    desk.define(CART)
    treated, control = desk.people(1600), desk.people(400)
    desk.enter(treated)
    desk.enter(control, control=True)
    desk.buy(treated[:480], NOW + days(2))
    desk.buy(control[:40], NOW + days(3))
    assert "control 20 · treated 80" in say("list")
    printed = say("results", "journey", "cart")
    assert "The messages add to revenue" in printed
    assert "30.00%" in printed
    assert "3200.00" in printed
    russian = say("results", "journey", "cart", "--lang", "ru")
    assert "Сообщения увеличивают выручку: это достоверно." in russian
    assert "сверх «контроль»" in russian


def test_what_is_no_experiment_says_so_plainly(database: Database, say: Say) -> None:
    ExperimentDesk(database).define(CART | {"key": "plain", "control": 0})
    with pytest.raises(SystemExit):
        say("results", "journey", "plain")
