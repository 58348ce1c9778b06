from __future__ import annotations

from typing import Any

import pytest

from hourglass.kernel import Malformed
from hourglass.messages import contest_of
from hourglass.messages.policy.contest import Contest
from hourglass.messages.policy.slot import Slot, with_contestants

ORDER: dict[str, Any] = {"goal": {"event": "Order Completed"}, "steps": [{"wait": "1h"}, {"send": {}}]}


@pytest.mark.parametrize(
    ("event", "priority"),
    [("Checkout Started", 90), ("Product Added", 80), ("Product Viewed", 60), ("Page Viewed", 40)],
)
def test_a_reminder_competes_and_the_closer_to_the_order_the_stronger(event: str, priority: int) -> None:
    assert contest_of({"entry": {"event": event}, **ORDER}) == Contest(slot="abandonment", priority=priority)


def test_a_cart_that_ends_with_the_checkout_is_a_reminder_too() -> None:
    ends: dict[str, Any] = {"exit_when": {"any": [{"event": "Checkout Started"}]}, "steps": ORDER["steps"]}
    assert contest_of({"entry": {"event": "Product Added"}, **ends}).slot == "abandonment"
    assert contest_of({"entry": {"event": "Payment Info Entered"}, **ends}).slot is None


@pytest.mark.parametrize(
    "other",
    [
        {"entry": {"event": "Order Completed"}},
        {"entry": {"segment": "vip"}},
        {"steps": [{"send": {}}]},
        {"goal": {"event": "Review Written"}},
        {"slot": "none"},
    ],
)
def test_what_reminds_of_nothing_competes_with_nobody(other: dict[str, Any]) -> None:
    assert contest_of({"entry": {"event": "Product Added"}, **ORDER, **other}).slot is None


def test_a_journey_may_say_so_itself() -> None:
    said = {"entry": {"segment": "left"}, "slot": "abandonment", "priority": 85}
    assert contest_of(said) == Contest(slot="abandonment", priority=85)
    assert contest_of({"entry": {"event": "Product Viewed"}, **ORDER, "priority": 95}).priority == 95


@pytest.mark.parametrize(("wrong", "path"), [({"slot": ""}, "slot"), ({"priority": 101}, "priority"),
                                             ({"priority": True}, "priority")])  # fmt: skip
def test_what_makes_no_sense_is_refused_with_its_place(wrong: dict[str, Any], path: str) -> None:
    with pytest.raises(Malformed) as refused:
        contest_of(wrong)
    assert refused.value.path == path


def test_what_the_policy_names_comes_first_and_keeps_its_slot() -> None:
    own = {
        "view": Contest(slot="abandonment", priority=60),
        "pay": Contest(slot="abandonment", priority=90),
        "cart": Contest(slot="abandonment", priority=80),
        "alone": Contest(slot="spring", priority=50),
    }
    (usual,) = with_contestants((), own)
    assert usual == Slot(key="abandonment", journeys=("pay", "cart", "view"), within="1d")
    mine = (Slot(key="mine", journeys=("cart", "gift")), Slot(key="abandonment", within="6h"))
    assert with_contestants(mine, own) == (
        Slot(key="mine", journeys=("cart", "gift")),
        Slot(key="abandonment", journeys=("pay", "view"), within="6h"),
    )
