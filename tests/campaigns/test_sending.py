"""From the word “send” to the last final state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hourglass import campaigns, definitions
from hourglass.kernel import Conflict, FixedClock, Malformed
from tests.campaigns.desk import LETTER, Desk
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, SHOP, until
from tests.messages.worker import delivering


async def test_everybody_on_the_list_gets_it_once(desk: Desk, data: Path, clock: FixedClock, mta: Script) -> None:
    for name in ("anna", "boris", "clara"):
        desk.reader(name)
    desk.send()
    desk.advance()
    async with delivering(desk, data, clock, mta.port):
        await until(lambda: desk.states() == {"sent": 3})
    desk.advance()
    assert sorted(mail.rcpt_tos[0].partition("@")[0] for mail in mta.mails) == ["anna", "boris", "clara"]
    now = desk.standing()
    assert (now.state, now.recipients, now.sent, now.waiting) == ("finished", 3, 3, 0)
    assert {event["properties"]["campaign"] for event in desk.events()} == {"spring"}


def test_it_is_finished_only_when_everybody_has_a_final_state(desk: Desk) -> None:
    desk.readers_many(5)
    desk.send()
    desk.advance()
    desk.hand_over(4)
    desk.advance()
    assert (desk.standing().state, desk.standing().waiting) == ("sending", 1)
    desk.hand_over()
    desk.advance()
    assert desk.standing().state == "finished"


def test_a_large_one_goes_into_the_outbox_in_parts(desk: Desk) -> None:
    desk.readers_many(7000)
    desk.send()
    desk.advance()
    assert desk.states() == {"queued": 4000}
    assert (desk.standing().recipients, desk.standing().waiting) == (7000, 7000)
    desk.hand_over(2500)
    desk.advance()
    assert desk.states() == {"queued": 4500, "sent": 2500}, "another part of 2,000 and the rest of 1,000"
    while desk.advance():
        desk.hand_over()
    assert desk.states() == {"sent": 7000}
    assert desk.run("SELECT count(DISTINCT profile_id) FROM messages") == [(7000,)]


def test_who_comes_to_the_list_later_does_not_get_it(desk: Desk) -> None:
    desk.reader("anna")
    desk.send()
    desk.advance()
    desk.reader("boris")
    desk.advance()
    assert desk.states() == {"queued": 1}


def test_two_who_turned_out_to_be_one_person_get_it_once(desk: Desk) -> None:
    anna, visitor = desk.reader("anna"), desk.reader("anna-too")
    desk.send(schedule={"at": "2026-03-02T18:00", "local": True})
    desk.run("UPDATE campaign_sends SET due_at = %(now)s", now=NOW)
    desk.advance()
    assert (desk.standing().recipients, desk.states()) == (2, {})
    desk.run("UPDATE profiles SET merged_into = %(anna)s WHERE id = %(visitor)s", anna=anna, visitor=visitor)
    desk.advance(NOW + timedelta(hours=7))
    assert desk.states() == {"queued": 1}
    assert desk.standing().recipients == 1


async def test_two_who_turn_out_to_be_one_person_on_the_way_get_it_once(
    desk: Desk, data: Path, clock: FixedClock, mta: Script
) -> None:
    anna, visitor, guest = desk.reader("anna"), desk.reader("visitor"), desk.reader("guest")
    desk.send()
    desk.advance()
    desk.run(
        "UPDATE profiles SET merged_into = %(anna)s WHERE id IN (%(one)s, %(two)s)", anna=anna, one=visitor, two=guest
    )
    async with delivering(desk, data, clock, mta.port):
        await until(lambda: desk.states() == {"sent": 1, "withheld": 2})
    assert [mail.rcpt_tos[0] for mail in mta.mails] == ["anna@customers.example"]
    assert {row[0] for row in desk.run("SELECT reason FROM messages WHERE state = 'withheld'")} == {"same_person"}


def test_a_campaign_that_is_removed_on_its_way_ends(desk: Desk) -> None:
    desk.readers_many(5000)
    desk.send()
    desk.advance()
    desk.hand_over(1000)
    with desk.database.transaction() as tx:
        definitions.remove(tx, SHOP, "campaign", "spring")
    assert desk.advance()
    assert not desk.advance()
    assert desk.states() == {"sent": 1000, "withheld": 3000}
    assert desk.run("SELECT state, recipients FROM campaign_sends") == [("cancelled", 4000)]


def test_paused_nothing_leaves_and_resumed_it_goes_on(desk: Desk) -> None:
    desk.readers_many(6000)
    desk.send()
    desk.advance()
    desk.hand_over(1000)
    desk.tell("pause")
    desk.advance()
    assert desk.run("SELECT count(*) FROM messages WHERE lane = 1 AND state = 'queued'") == [(0,)]
    assert desk.standing().state == "paused"
    desk.tell("resume")
    while desk.advance():
        desk.hand_over()
    assert (desk.standing().state, desk.standing().sent) == ("finished", 6000)


def test_cancelled_whoever_did_not_get_it_is_noted_with_the_reason(desk: Desk) -> None:
    desk.readers_many(6000)
    desk.send()
    desk.advance()
    desk.hand_over(1000)
    desk.tell("cancel")
    desk.advance()
    now = desk.standing()
    assert (now.state, now.sent, now.withheld, now.waiting) == ("cancelled", 1000, 5000, 0)
    assert desk.run("SELECT DISTINCT reason FROM messages WHERE state = 'withheld'") == [("campaign_cancelled",)]


def test_sent_again_after_it_was_cancelled_it_goes_to_the_others(desk: Desk) -> None:
    desk.readers_many(60)
    desk.send()
    desk.advance()
    desk.hand_over(20)
    desk.tell("cancel")
    with pytest.raises(Conflict, match="is being cancelled"):
        desk.send()
    desk.advance()
    assert desk.standing().state == "cancelled"
    desk.send()
    desk.advance()
    assert (desk.standing().recipients, desk.states()) == (40, {"sent": 20, "withheld": 40, "queued": 40})
    [(twice,)] = desk.run(
        "SELECT count(*) FROM messages a JOIN messages b USING (profile_id)"
        " WHERE a.state = 'sent' AND b.state = 'queued'"
    )
    assert twice == 0


def test_cancelled_before_anybody_was_fixed_nobody_is(desk: Desk) -> None:
    desk.reader()
    desk.send(schedule={"at": "2026-04-01T10:00"})
    assert desk.standing().state == "scheduled"
    desk.tell("cancel")
    desk.advance()
    assert (desk.standing().state, desk.states()) == ("cancelled", {})


def test_it_waits_for_its_time_on_the_clock_of_the_shop(desk: Desk) -> None:
    desk.run("UPDATE workspaces SET zone = 'Asia/Almaty'")
    desk.reader()
    desk.send(schedule={"at": "2026-03-03T10:00"})
    due = datetime(2026, 3, 3, 5, tzinfo=UTC)
    desk.advance(due - timedelta(seconds=1))
    assert desk.standing().state == "scheduled"
    desk.advance(due)
    assert desk.states() == {"queued": 1}


def test_local_time_is_each_recipient_s_own(desk: Desk) -> None:
    east, west = desk.reader("mika", timezone="Asia/Tokyo"), desk.reader("joe", timezone="America/New_York")
    odd = desk.reader("odd", timezone="Nowhere/Atall")
    desk.send(schedule={"at": "2026-03-04T10:00", "local": True})

    def queued() -> set[int]:
        return {row[0] for row in desk.run("SELECT profile_id FROM messages")}

    desk.advance(datetime(2026, 3, 4, 0, 59, tzinfo=UTC))
    assert queued() == set()
    desk.advance(datetime(2026, 3, 4, 1, tzinfo=UTC))
    assert queued() == {east}
    desk.advance(datetime(2026, 3, 4, 10, tzinfo=UTC))
    assert queued() == {east, odd}
    desk.advance(datetime(2026, 3, 4, 15, tzinfo=UTC))
    assert queued() == {east, odd, west}


def test_a_control_group_gets_nothing_and_is_the_same_every_time(desk: Desk) -> None:
    desk.readers_many(2000)
    desk.send(control=20)
    desk.advance()
    [(kept_out,)] = desk.run("SELECT count(*) FROM messages WHERE reason = 'control_group' AND state = 'withheld'")
    assert 320 < kept_out < 480


def test_it_goes_out_once(desk: Desk) -> None:
    desk.reader()
    desk.send()
    with pytest.raises(Conflict, match="is going out"):
        desk.send()
    desk.advance()
    desk.hand_over()
    desk.advance()
    with pytest.raises(Conflict, match="went out on 2026-03-02"):
        desk.send()


def test_what_it_lacks_is_said_before_it_begins(desk: Desk) -> None:
    with pytest.raises(Malformed, match="There is no template “nothing” yet"):
        desk.send(template="nothing")
    with pytest.raises(Conflict, match="is a draft"):
        desk.send(state="draft")


def test_it_waits_until_its_segment_is_built(desk: Desk) -> None:
    desk.define({"kind": "segment", "key": "vip", "when": {"trait": "vip", "op": "is_true"}})
    desk.send(segment="vip")
    desk.advance()
    assert desk.standing().problem == {"en": "its segment is still being built", "ru": "сегмент ещё собирается"}


def test_a_condition_of_its_own_finds_people(desk: Desk, data: Path) -> None:
    anna = desk.person("anna@customers.example", city="Almaty")
    desk.person("boris@customers.example", city="Astana")
    document = {name: value for name, value in LETTER.items() if name != "segment"}
    desk.define({**document, "when": {"trait": "city", "op": "equals", "value": "Almaty"}})
    with desk.database.transaction() as tx:
        campaigns.send(tx, desk.workspace, "spring", "test", NOW)
    desk.advance(data=data)
    assert desk.run("SELECT profile_id FROM messages") == [(anna,)]
