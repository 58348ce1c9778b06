from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hourglass.messages import REASONS
from hourglass.messages.candidates.answer import Deferred, Withheld
from hourglass.messages.gate.case import Room
from hourglass.messages.gate.gate import QUESTIONS, hear
from tests.messages.gate.cases import NO, case, had, refusal
from tests.messages.shop import NOW, days

CAPS: dict[str, Any] = {"caps": [{"messages": 2, "within": "7d"}]}


def test_the_questions_stand_in_the_agreed_order() -> None:
    assert [question.__name__ for question in QUESTIONS] == [
        "still_wanted", "still_for_sale", "address", "consent", "suppression", "control_group", "priority_slot",
        "frequency_cap", "quiet_hours", "budget",
    ]  # fmt: skip


def test_the_first_objection_is_the_answer() -> None:
    everything: dict[str, Any] = {"suppressed": "bounced", "had": had(NOW, NOW, NOW), "rules": CAPS}
    assert refusal(case(address=None, said=NO, **everything)) == "address_missing"
    assert refusal(case(said=NO, **everything)) == "consent_withdrawn"
    assert refusal(case(**everything)) == "suppressed"
    everything["suppressed"] = None
    assert refusal(case(**everything)) == "frequency_cap"


def test_nothing_speaks_against_a_wanted_message_and_the_answers_say_by_which_rule() -> None:
    hearing = hear(case(had=had(NOW - days(1))), NOW)
    assert hearing.objection is None
    assert hearing.passed == {"consent": "email · news · 2026-03-02 · form", "frequency_cap": "1 / 3 / 7d"}


def test_an_erased_person_gets_nothing() -> None:
    assert refusal(case(person=None, kind="transactional")) == "no_person"


def test_an_order_confirmation_needs_no_consent_and_no_quiet_and_counts_no_cap() -> None:
    night = datetime(2026, 3, 2, 23, tzinfo=UTC)
    rules = CAPS | {"quiet": {"email": {"from": "21:00", "until": "09:00"}}, "control": {"percent": 50}}
    facts: dict[str, Any] = {
        "said": None, "had": had(night, night, night), "rules": rules, "created_at": night, "fewer": True,
        "paused_until": night + days(9),
    }  # fmt: skip
    assert all(refusal(case(kind="transactional", person=n, **facts), night) is None for n in range(1, 20))
    assert refusal(case(kind="transactional", address="admin@c.example")) is None


def test_but_suppression_holds_for_it_too() -> None:
    assert refusal(case(kind="transactional", suppressed="bounced")) == "suppressed"


def test_no_word_and_a_no_and_a_yes_not_confirmed_are_different_reasons() -> None:
    assert refusal(case(said=None)) == "no_consent"
    assert refusal(case(said=NO)) == "consent_withdrawn"
    assert refusal(case(said=None, unconfirmed=True)) == "consent_unconfirmed"


def test_a_pause_ends_by_itself() -> None:
    assert refusal(case(paused_until=NOW + timedelta(seconds=1))) == "paused"
    assert refusal(case(paused_until=NOW)) is None


def test_the_window_of_a_cap_rolls() -> None:
    two = had(NOW - days(6.99), NOW - days(1))
    later = NOW + days(0.02)
    assert refusal(case(had=two, rules=CAPS)) == "frequency_cap"
    assert refusal(case(had=two, rules=CAPS, created_at=later), later) is None
    assert refusal(case(had=two)) is None, "three in seven days unless told otherwise"
    assert refusal(case(had=had(*[NOW] * 50), rules={"caps": []})) is None


def test_a_cap_counts_each_channel_or_the_whole_person() -> None:
    mixed = had(NOW, NOW) + had(NOW, channel="sms")
    assert refusal(case(had=mixed)) is None
    assert refusal(case(had=mixed, rules={"caps": [{"messages": 3, "per": "person"}]})) == "frequency_cap"
    assert refusal(case(had=mixed, rules={"caps": [{"messages": 1, "channel": "sms"}]})) is None
    assert refusal(case(had=mixed, rules={"caps": [{"messages": 1, "topic": "offers"}]})) is None
    orders = had(NOW, NOW, NOW, marketing=False)
    assert refusal(case(had=orders)) is None
    assert refusal(case(had=orders, rules={"caps": [{"messages": 3, "counts": "everything"}]})) == "frequency_cap"


def test_who_asked_for_fewer_gets_fewer() -> None:
    one = had(NOW - days(2), channel="sms")
    assert refusal(case(had=one)) is None
    assert refusal(case(had=one, fewer=True)) == "asked_for_fewer"


def test_a_message_may_wait_for_room_but_not_for_ever() -> None:
    rules = {"caps": [{"messages": 1, "within": "1d", "else": "wait", "at_most": "12h"}]}
    answer = hear(case(had=had(NOW - timedelta(hours=20)), rules=rules), NOW).objection
    assert answer == Deferred(reason="frequency_wait", until=NOW + timedelta(hours=4), detail="1 / 1 / 1d")
    assert refusal(case(had=had(NOW - timedelta(hours=2)), rules=rules)) == "frequency_cap"


def test_what_is_just_being_sent_elsewhere_is_waited_for() -> None:
    answer = hear(case(had=had(NOW, NOW, sure=False), rules=CAPS), NOW).objection
    assert answer == Deferred(reason="frequency_wait", until=NOW + timedelta(seconds=30), detail="2 / 2 / 7d")


def test_what_waited_for_days_is_not_sent_any_more() -> None:
    assert refusal(case(created_at=NOW - days(3.1))) == "expired"
    assert refusal(case(created_at=NOW - days(3.1), rules={"expires": "7d"})) is None


def test_a_control_group_is_a_fixed_part_of_everybody() -> None:
    rules = {"control": {"percent": 10, "name": "2026"}}
    out = [n for n in range(5000) if refusal(case(person=n, rules=rules)) == "control_group"]
    assert 400 < len(out) < 600
    assert out == [n for n in range(5000) if refusal(case(person=n, rules=rules))]
    rules["control"]["name"] = "2027"
    assert out != [n for n in range(5000) if refusal(case(person=n, rules=rules))]


def test_a_spent_budget_pays_for_nothing_but_orders() -> None:
    rules = {"budgets": [{"key": "sms", "messages": 5, "per": "day", "else": "wait"}, {"key": "spring", "messages": 9}]}
    tomorrow = NOW + days(0.5)
    full = {"sms": Room(left=3, next=tomorrow), "spring": Room(left=1, next=tomorrow)}
    assert hear(case(rules=rules, rooms=full), NOW).passed["budget"] == "sms: 3 / 5, spring: 1 / 9"
    spent = {"sms": Room(left=0, next=tomorrow)}
    answer = hear(case(rules=rules, rooms=spent), NOW).objection
    assert answer == Deferred(reason="budget_wait", until=tomorrow, detail="sms: 5 / day")
    assert refusal(case(rules=rules, rooms=spent, kind="transactional")) is None
    assert refusal(case(rules=rules, rooms={"spring": Room(left=0, next=tomorrow)})) == "budget_spent"


def test_every_refusal_has_words_in_both_languages() -> None:
    for reason in REASONS.values():
        assert reason.en
        assert any("а" <= letter <= "я" for letter in reason.ru)


def test_a_refusal_is_a_value() -> None:
    assert hear(case(said=None), NOW).objection == Withheld(reason="no_consent", detail="email · news")


@pytest.mark.parametrize("number", ["+77011234567", "+4915112345678"])
def test_a_number_is_written_as_everywhere(number: str) -> None:
    assert refusal(case(address=number, address_kind="phone", channel="push", rules={"quiet": {"push": None}})) is None
    assert refusal(case(address=number[1:], address_kind="phone")) == "address_invalid"
