"""`hourglass journeys`, each command once, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hourglass.cli.journeys.journeys import JOURNEYS
from hourglass.kernel import SystemClock
from hourglass.postgres import Database
from tests.cli.conftest import Say, Speak
from tests.engine.shop import TEMPLATE, Shop

pytestmark = pytest.mark.usefixtures("shop")

GIFT: dict[str, Any] = {"kind": "journey", "key": "gift", "name": "Gift", "entry": {"api": True},
        "steps": [{"wait": "1d"}, {"send": {"channel": "email", "template": "hello"}}]}  # fmt: skip


@pytest.fixture
def shop(database: Database) -> Iterator[Shop]:
    made = Shop(database)
    made.define(TEMPLATE, GIFT)
    made.send(
        *({"type": "identify", "userId": name, "traits": {"email": f"{name}@x.org"}} for name in ("anna", "boris"))
    )
    made.tick()
    yield made
    made.worker.close()


@pytest.fixture
def say(speak: Speak) -> Say:
    return speak(JOURNEYS)


def test_people_are_put_in_and_the_journey_is_looked_at(shop: Shop, say: Say, tmp_path: Path) -> None:
    file = tmp_path / "guests.jsonl"
    file.write_text('{"email": "boris@x.org", "facts": {"gift": "tea"}}\n\n{"user_id": "nobody"}\n')
    told = say("enter", "gift", str(file), "--user", "anna")
    assert told == "2 people enter; 1 are unknown.\npeople[2]: Nobody here has this identifier.\n"
    shop.tick(SystemClock().now() - shop.clock.now())
    assert say("pause", "gift").startswith("Gift: paused, 2 entered, ")
    assert say("resume", "gift").startswith("Gift: live, 2 entered, ")
    assert "Gift" in say("list")
    told = say("show", "gift")
    assert "People enter when they are put in by a program or by hand." in told
    assert "steps[1]" in told
    assert say("archive", "gift").startswith("Gift: archived")


def test_a_line_that_cannot_be_read_is_told_and_nobody_enters(
    shop: Shop, say: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "guests.jsonl"
    file.write_text('{"user_id": "anna"}\nanna\n')
    with pytest.raises(SystemExit):
        say("enter", "gift", str(file))
    assert "Line 2 is not like" in capsys.readouterr().err
    assert shop.rows("SELECT count(*) FROM journey_entrants") == [(0,)]


def test_people_inside_are_taken_over_into_the_new_version(shop: Shop, say: Say) -> None:
    say("enter", "gift", "--user", "anna")
    shop.tick(SystemClock().now() - shop.clock.now())
    shop.define(GIFT | {"steps": [{"wait": "1d", "id": "longer"}, *GIFT["steps"]]})
    asked = ("move", "gift", "--from", "1", "--map", "steps[0]=longer")
    told = say(*asked, "--preview")
    assert told == ("steps[0] (wait 1d): 1 wait on at steps[0]\nWould move 1 from version 1 to 2; 0 stay, 0 leave.\n")
    assert say(*asked).endswith("Moved 1 from version 1 to 2; 0 stay, 0 leave.\n")
    assert shop.rows("SELECT version FROM journey_runs") == [(2,)]


def test_a_file_is_read_as_when_it_is_applied(speak: Speak, tmp_path: Path) -> None:
    check, file = speak(JOURNEYS), tmp_path / "left.yaml"
    file.write_text("kind: journey\nkey: left\nentry: {segment: vip, on: left}\nsteps: [{alert: {text: gone}}]\n")
    assert "There is no live segment “vip”" in check("check", str(file), code=1)
    assert "There is no file" in check("check", str(tmp_path / "nope.yaml"), code=1)
    file.write_text("kind: segment\nkey: vip\n")
    assert "one document with `kind: journey`" in check("check", str(file), code=1)
