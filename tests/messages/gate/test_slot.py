from __future__ import annotations

from datetime import timedelta
from typing import Any

from hourglass.messages.candidates.answer import Deferred
from hourglass.messages.gate.gate import hear
from tests.messages.gate.cases import case, had, refusal
from tests.messages.shop import NOW

RULES: dict[str, Any] = {"slots": [{"key": "left", "journeys": ["checkout", "cart", "browse"], "within": "1d"}]}
HOUR = timedelta(hours=1)


def test_who_competes_with_nobody_just_goes() -> None:
    assert refusal(case(rules=RULES, journey="birthday", coming={"checkout": NOW})) is None
    assert refusal(case(rules=RULES, journey="browse", coming={"birthday": NOW})) is None


def test_a_weaker_journey_gives_way_to_a_stronger_one_that_is_about_to_write() -> None:
    assert refusal(case(rules=RULES, journey="browse", coming={"cart": NOW + HOUR})) == "slot_taken"
    assert refusal(case(rules=RULES, journey="browse", coming={"cart": NOW + 25 * HOUR})) is None
    assert refusal(case(rules=RULES, journey="cart", coming={"browse": NOW})) is None


def test_a_weaker_journey_gives_way_to_a_stronger_one_that_just_wrote() -> None:
    assert refusal(case(rules=RULES, journey="browse", had=had(NOW - HOUR, journey="cart"))) == "slot_taken"
    assert refusal(case(rules=RULES, journey="browse", had=had(NOW - 25 * HOUR, journey="cart"))) is None


def test_a_stronger_journey_waits_until_the_place_is_free() -> None:
    answer = hear(case(rules=RULES, journey="cart", had=had(NOW - HOUR, journey="browse")), NOW).objection
    assert answer == Deferred(reason="slot_wait", until=NOW + 23 * HOUR, detail="left: browse")


def test_the_second_letter_of_the_same_journey_has_its_place() -> None:
    assert refusal(case(rules=RULES, journey="cart", had=had(NOW - HOUR, journey="cart"))) is None


def test_what_is_just_being_sent_is_waited_for() -> None:
    answer = hear(case(rules=RULES, journey="browse", had=had(NOW, journey="cart", sure=False)), NOW).objection
    assert answer == Deferred(reason="slot_wait", until=NOW + timedelta(seconds=30), detail="left: cart")
