"""Why somebody got a variant, or nothing yet."""

from __future__ import annotations

from datetime import timedelta

from hourglass import campaigns
from hourglass.messages import Why, why
from tests.campaigns.desk import Desk
from tests.messages.shop import NOW

HOUR = timedelta(hours=1)


def told(desk: Desk, person: int) -> Why:
    with desk.database.transaction() as tx:
        return why(tx, desk.workspace, str(person), "campaign", "spring")


def test_who_waits_for_the_winner_is_told_so_and_later_what_it_was(desk: Desk) -> None:
    desk.readers_many(100)
    desk.send(variants=[{"subject": "A"}, {"subject": "B"}], test={"share": 50, "for": "1h"})
    desk.advance()
    [[drawn]] = desk.run("SELECT min(profile_id) FROM messages WHERE step = 'variants.b'")
    [[waiting]] = desk.run("SELECT min(id) FROM profiles WHERE id NOT IN (SELECT profile_id FROM messages)")
    assert "variant “b”" in told(desk, drawn).chain[1].words["en"]
    assert told(desk, waiting).summary["ru"] == "Сообщение ещё не планировалось: человек ждёт победителя теста"
    with desk.database.transaction() as tx:
        campaigns.choose_by_hand(tx, desk.workspace, "spring", "a", "anna", NOW + HOUR)
    desk.advance(NOW + HOUR)
    assert [link.code for link in told(desk, waiting).chain[:2]] == ["planned", "winner"]


def test_who_waits_for_their_own_hour_is_told_when_it_comes(desk: Desk) -> None:
    west = desk.reader("joe", timezone="Pacific/Honolulu")
    desk.send(schedule={"at": "2026-03-02T18:00", "local": True})
    desk.run("UPDATE campaign_sends SET due_at = %(now)s", now=NOW)
    desk.advance()
    assert "comes on 2026-03-03 04:00" in told(desk, west).summary["en"]
