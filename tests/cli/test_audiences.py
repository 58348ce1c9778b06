"""`hourglass audiences`."""

from __future__ import annotations

from hourglass.cli.journeys.audiences import AUDIENCES
from hourglass.postgres import Database
from tests.cli.conftest import Speak
from tests.messages.shop import NOW, Shop


def test_audiences_are_listed_with_what_became_of_their_people(database: Database, speak: Speak) -> None:
    shop, say = Shop(database), speak(AUDIENCES)
    anna = shop.person(name="Anna")
    for audience, state in (("big", "done"), ("big", "refused"), ("small", "queued")):
        shop.run("INSERT INTO audience_syncs (workspace_id, connector, audience, profile_id, run_id, visit, added,"
                 " state, reason, asked_at, not_before, ended_at)"
                 " VALUES (1, 'ads', %(audience)s, %(anna)s, 1, %(audience)s || %(state)s, true, %(state)s,"
                 " CASE %(state)s WHEN 'refused' THEN 'no_consent' END, %(now)s, %(now)s,"
                 " CASE WHEN %(state)s <> 'queued' THEN %(now)s END)",
                 audience=audience, state=state, anna=anna, now=NOW)  # fmt: skip
    big, small = say("list").splitlines()
    assert big.startswith("big\tads\twaiting 0, added 1, removed 0, refused 1, failed 0\tlast told 2026-03-02 12:00\t")
    assert "consent" in big
    assert small.split("\t")[2:4] == ["waiting 1, added 0, removed 0, refused 0, failed 0", "not told yet"]
    assert say("show", "small", "--lang", "ru").split("\t")[3] == "ещё не передавали"
    assert "“smal”" in say("show", "smal", code=1)
