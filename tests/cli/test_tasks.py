"""`hourglass tasks`."""

from __future__ import annotations

import getpass

from hourglass.cli.journeys.tasks import TASKS
from hourglass.postgres import Database
from tests.cli.conftest import Speak
from tests.messages.shop import NOW, Shop


def test_tasks_are_listed_by_team_taken_and_done(database: Database, speak: Speak) -> None:
    shop, say, me = Shop(database), speak(TASKS), getpass.getuser()
    anna = shop.person(name="Anna")
    for run, team in ((1, "vip"), (2, "warehouse")):
        shop.run("INSERT INTO journey_tasks (workspace_id, run_id, visit, journey, profile_id, title, assignee,"
                 " created_at, due_at)"
                 " VALUES (1, %(run)s, 's', 'cart', %(anna)s, %(title)s, %(team)s, %(now)s, %(now)s)",
                 run=run, anna=anna, title=f"Call {run}", team=team, now=NOW)  # fmt: skip
    assert say("list", "--team", "vip") == "1\tuntil 2026-03-02 12:00\tvip\tAnna\tCall 1\n"
    assert say("take", "2", "--lang", "ru") == f"2\tдо 2026-03-02 12:00\t{me}\tAnna\tCall 2\n"
    assert f"by {me}" in say("done", "2")
    assert say("list").splitlines() == ["1\tuntil 2026-03-02 12:00\tvip\tAnna\tCall 1"]
    assert "Call 2" in say("list", "--done")
    assert "no task 7" in say("done", "7", code=1)
