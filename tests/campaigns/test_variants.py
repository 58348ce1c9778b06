"""Variants: drawn by lot, sent in their own words, and the best of them for the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest

from hourglass import campaigns, definitions
from hourglass.campaigns import CampaignChoice
from hourglass.kernel import Conflict, FixedClock, NotFound
from tests.campaigns.desk import KINDS, LETTER, Desk
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, SHOP, until
from tests.messages.worker import delivering, parsed

TWO = [{"name": "a", "subject": "Plain"}, {"name": "b", "subject": "Bold, {{ profile.firstName }}"}]
HOURS = timedelta(hours=1)


def places(desk: Desk, condition: str = "true") -> dict[str, int]:
    rows = desk.run(f"SELECT step, count(*) FROM messages WHERE {condition} GROUP BY step")
    return {row[0]: row[1] for row in rows}


def click(desk: Desk, place: str, one_of: int) -> None:
    desk.run(
        "UPDATE messages SET clicked_at = sent_at + interval '5 min' WHERE step = %(place)s AND id %% %(one_of)s = 0",
        place=place, one_of=one_of,
    )  # fmt: skip


def choice(desk: Desk) -> CampaignChoice | None:
    with desk.database.transaction() as tx:
        return campaigns.last_send(tx, SHOP, "spring").choice


def try_on(desk: Desk, people: int, **test: Any) -> None:
    """The test group has its messages."""
    desk.readers_many(people)
    desk.send(variants=TWO, test={"share": 50, "for": "4h", **test})
    desk.advance()
    desk.hand_over()


async def test_each_variant_says_it_in_its_own_words(desk: Desk, data: Path, clock: FixedClock, mta: Script) -> None:
    for name in ("anna", "boris", "clara", "dina", "egor", "fanny"):
        desk.reader(name, firstName=name.title())
    desk.template({"key": "other", "subject": "Another", "html": "<p>Other</p>"})
    desk.send(variants=[{"subject": "Bold, {{ profile.firstName }}", "from": {"name": "Anna of Bazaar"}, "weight": 2},
                        {"template": "other"}])  # fmt: skip
    desk.advance()
    async with delivering(desk, data, clock, mta.port):
        await until(lambda: desk.states() == {"sent": 6})
    mails = [parsed(mta, place) for place in range(6)]
    subjects = {str(make_header(decode_header(mail["Subject"]))): str(mail["From"]) for mail in mails}
    assert sum(subject == "Another" for subject in subjects) == 1
    assert {sender for subject, sender in subjects.items() if subject.startswith("Bold, ")} == {
        "Anna of Bazaar <shop@bazaar.example>"
    }
    assert places(desk).keys() == {"variants.a", "variants.b"}


def test_the_lot_keeps_to_weights_and_share(desk: Desk) -> None:
    desk.readers_many(4000)
    desk.send(variants=[{"weight": 3, "subject": "A"}, {"weight": 1, "subject": "B"}],
              test={"share": 20, "for": "1h"})  # fmt: skip
    desk.advance()
    drawn = places(desk)
    assert drawn["variants.a"] == pytest.approx(600, abs=80)
    assert drawn["variants.b"] == pytest.approx(200, abs=50)
    [(waiting,)] = desk.run("SELECT sum(cardinality(people)) FROM campaign_parts WHERE rest")
    assert drawn["variants.a"] + drawn["variants.b"] + waiting == 4000


def test_variants_leave_side_by_side_whatever_their_weights(desk: Desk) -> None:
    desk.readers_many(2000)
    desk.send(variants=[{**TWO[0], "weight": 3}, TWO[1]])
    desk.advance()
    counts = [places(desk, f"id IN (SELECT id FROM messages ORDER BY id LIMIT {first})") for first in (400, 1200)]
    assert [sorted(one.values()) for one in counts] == [[100, 300], [300, 900]]


def test_a_certain_winner_ends_the_test_before_its_time(desk: Desk) -> None:
    try_on(desk, 1600)
    click(desk, "variants.b", 2)
    click(desk, "variants.a", 10)
    desk.advance(NOW + HOURS / 2)
    assert choice(desk) is None, "the first quarter of its time says little"
    desk.advance(NOW + 2 * HOURS)
    found = choice(desk)
    assert found is not None
    assert (found.variant, found.reason) == ("b", "certain")
    [a, b] = found.numbers
    assert a.each == pytest.approx(0.1, abs=0.04)
    assert a.low is not None
    assert a.low > 0
    assert (b.low, b.people) == (None, b.sent)
    assert places(desk, "created_at > '2026-03-02 13:00Z'") == {"winner.b": 1600 - a.people - b.people}


def test_without_a_certain_one_the_best_so_far_goes_to_the_rest_when_time_is_up(desk: Desk) -> None:
    try_on(desk, 300)
    click(desk, "variants.b", 8)
    desk.advance(NOW + 4 * HOURS - timedelta(minutes=1))
    assert choice(desk) is None
    desk.advance(NOW + 4 * HOURS)
    assert (found := choice(desk)) is not None
    assert (found.variant, found.reason) == ("b", "best_so_far")
    while desk.advance(NOW + 4 * HOURS):
        desk.hand_over()
    assert desk.states() == {"sent": 300}
    assert desk.run("SELECT count(DISTINCT profile_id) FROM messages") == [(300,)]


@pytest.mark.parametrize(
    ("test", "one_of", "expected"),
    [({"fallback": "a"}, 8, ("a", "fallback")), ({}, 1_000_000, ("a", "nothing_happened"))],
)
def test_the_author_may_say_what_goes_out_when_nothing_is_certain(
    desk: Desk, test: dict[str, Any], one_of: int, expected: tuple[str, str]
) -> None:
    try_on(desk, 200, **test)
    click(desk, "variants.b", one_of)
    desk.advance(NOW + 4 * HOURS)
    assert (found := choice(desk)) is not None
    assert (found.variant, found.reason) == expected


def test_fewer_who_leave_win(desk: Desk) -> None:
    try_on(desk, 200, winner_by="unsubscribes")
    desk.run("UPDATE messages SET unsubscribed_at = sent_at WHERE step = 'variants.a' AND id %% 9 = 0")
    desk.advance(NOW + 4 * HOURS)
    assert (found := choice(desk)) is not None
    assert found.variant == "b"


def test_what_drives_people_away_does_not_win_by_clicks(desk: Desk) -> None:
    try_on(desk, 1600)
    click(desk, "variants.b", 2)
    click(desk, "variants.a", 10)
    desk.run("UPDATE messages SET complained_at = sent_at WHERE step = 'variants.b' AND id %% 8 = 0")
    desk.advance(NOW + 2 * HOURS)
    assert (found := choice(desk)) is not None
    assert (found.variant, found.reason, found.passed_over) == ("a", "guarded", "b")
    assert (words := desk.standing().choice_words) is not None
    assert "more people left or complained" in words["en"]


def test_what_comes_after_the_time_of_the_test_does_not_count(desk: Desk) -> None:
    """The last message of a test may have left later than the first."""
    try_on(desk, 200)
    desk.run("UPDATE messages SET clicked_at = sent_at + interval '5 hours' WHERE step = 'variants.a'")
    click(desk, "variants.b", 9)
    desk.advance(NOW + 4 * HOURS)
    assert (found := choice(desk)) is not None
    assert found.variant == "b"


def test_orders_and_money_choose_too(desk: Desk) -> None:
    try_on(desk, 200, winner_by="revenue")
    desk.run(
        "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, currency,"
        " revenue)"
        " SELECT 1, 'o' || id, 1, profile_id, 'completed', %(at)s, %(at)s, 'EUR',"
        " CASE step WHEN 'variants.a' THEN 100 ELSE 900 END FROM messages WHERE id %% 5 = 0", at=NOW + HOURS,
    )  # fmt: skip
    desk.advance(NOW + 4 * HOURS)
    assert (found := choice(desk)) is not None
    assert (found.variant, found.numbers[1].count % 900) == ("b", 0)


def test_a_person_may_choose(desk: Desk) -> None:
    try_on(desk, 200)
    with desk.database.transaction() as tx:
        with pytest.raises(NotFound, match="it has a, b"):
            campaigns.choose_by_hand(tx, desk.workspace, "spring", "z", "anna", NOW + HOURS)
        campaigns.choose_by_hand(tx, desk.workspace, "spring", "a", "anna", NOW + HOURS)
        with pytest.raises(Conflict, match="decided already"):
            campaigns.choose_by_hand(tx, desk.workspace, "spring", "b", "boris", NOW + HOURS)
    desk.advance(NOW + HOURS)
    assert places(desk, "created_at > '2026-03-02 12:30Z'").keys() == {"winner.a"}
    assert (found := choice(desk)) is not None
    assert (found.reason, found.author) == ("by_hand", "anna")


def test_paused_nothing_is_decided_and_cancelled_the_rest_is_noted(desk: Desk) -> None:
    try_on(desk, 200)
    desk.tell("pause")
    desk.advance(NOW + 9 * HOURS)
    assert choice(desk) is None
    desk.tell("cancel")
    desk.advance(NOW + 9 * HOURS)
    states = desk.states()
    assert desk.standing().state == "cancelled"
    assert sum(states.values()) == 200
    assert places(desk, "reason = 'campaign_cancelled'") == {"send": states["withheld"]}


def test_who_dies_between_choosing_and_feeding_loses_nobody(desk: Desk) -> None:
    """The choice and the release of the rest are one transaction; parts go into the outbox one by one after it."""
    try_on(desk, 5000)
    with desk.database.transaction() as tx:
        campaigns.choose_by_hand(tx, desk.workspace, "spring", "b", "anna", NOW + HOURS)
    again = [desk.advance(NOW + HOURS) for _ in range(2)]
    assert all(again)
    while desk.advance(NOW + HOURS):
        desk.hand_over()
    assert desk.states() == {"sent": 5000}


def test_each_variant_may_have_its_own_hour_and_the_rest_gets_the_winners(desk: Desk) -> None:
    desk.readers_many(300)
    desk.send(variants=[{"name": "noon", "send_at": "13:00"}, {"name": "evening", "send_at": "19:00"}],
              test={"share": 50, "for": "2h"})  # fmt: skip
    desk.advance()
    assert desk.states() == {}
    for hour in (13, 19):
        desk.advance(at := datetime(2026, 3, 2, hour, tzinfo=UTC))
        desk.run("UPDATE messages SET state = 'sent', sent_at = %(at)s WHERE state = 'queued'", at=at)
    click(desk, "variants.noon", 3)
    desk.advance(datetime(2026, 3, 2, 21, tzinfo=UTC))
    assert (found := choice(desk)) is not None
    assert found.variant == "noon"
    assert desk.run("SELECT DISTINCT due_at FROM campaign_parts WHERE rest") == [
        (datetime(2026, 3, 3, 13, tzinfo=UTC),)
    ]


def test_the_rest_gets_it_at_its_own_local_hour(desk: Desk) -> None:
    desk.readers_many(40)
    desk.run('UPDATE profiles SET traits = \'{"timezone": "Asia/Tokyo"}\'')
    desk.send(schedule={"at": "2026-03-04T10:00", "local": True}, variants=TWO, test={"share": 50, "for": "3h"})
    ten_in_tokyo = datetime(2026, 3, 4, 1, tzinfo=UTC)
    desk.advance(ten_in_tokyo)
    desk.run("UPDATE messages SET state = 'sent', sent_at = %(at)s", at=ten_in_tokyo)
    desk.advance(ten_in_tokyo + 3 * HOURS)
    assert desk.run("SELECT DISTINCT zone, due_at FROM campaign_parts WHERE rest") == [
        ("Asia/Tokyo", ten_in_tokyo + timedelta(days=1))
    ]


def test_what_is_probably_not_meant_is_said_when_it_is_saved(desk: Desk) -> None:
    desk.readers_many(500)
    document = {**LETTER, "test": {"share": 10, "for": "4h"}, "variants": [
        {"name": "a", "subject": "{{ profile.name "}, {"name": "b", "template": "nothing"},
        {"name": "c"}, {"name": "d"}]}  # fmt: skip
    with desk.database.transaction() as tx:
        found = definitions.put(tx, SHOP, document, kinds=KINDS, author="test", now=NOW)
        told = {doubt.path: doubt.message for doubt in KINDS.doubts(tx, SHOP, found.body)}
    assert told.keys() == {"variants[0].subject", "variants[1].template", "variants[3]", "test.share"}
    assert "Of 500 recipients" in told["test.share"]
    assert "takes about" in told["test.share"]
