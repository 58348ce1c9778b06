from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import Malformed
from hourglass.messages import POLICY
from hourglass.messages.policy.budget import Budget
from hourglass.messages.policy.countries import country_code, country_of, zone_of
from hourglass.messages.policy.document import Policy
from hourglass.messages.policy.quiet import Quiet
from hourglass.messages.policy.standing import standing
from hourglass.postgres import Database
from tests.messages.gate.cases import policy
from tests.messages.shop import NOW, SHOP


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ({"key": "mine"}, "key"),
        ({"caps": [{"messages": -1}]}, "caps[0].messages"),
        ({"caps": [{"messages": 1, "within": "soon"}]}, "caps[0].within"),
        ({"caps": [{"messages": 1, "within": "0d"}]}, "caps[0].within"),
        ({"caps": [{"messages": 1, "at_most": "x"}]}, "caps[0].at_most"),
        ({"fewer": {"messages": 1, "within": "x"}}, "fewer.within"),
        ({"expires": "never"}, "expires"),
        ({"quiet": {"sms": {"from": "25:00", "until": "09:00"}}}, "quiet[...].from"),
        ({"quiet": {"sms": {"from": "21:00"}}}, "quiet.sms"),
        ({"quiet": {"sms": {"from": "21:00", "until": "21:00"}}}, "quiet.sms"),
        ({"quiet": {"sms": {}}}, "quiet.sms"),
        ({"quiet": {"sms": {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}}}, "quiet.sms.days"),
        ({"countries": {"FR": {"sms": {"from": "09:00"}}}}, "countries.FR.sms"),
        ({"countries": {"France": {}}}, "countries.France"),
        ({"country": "XX"}, "country"),
        ({"slots": [{"key": "a", "journeys": ["one"]}]}, "slots[0].journeys"),
        (
            {"slots": [{"key": "a", "journeys": ["x", "y"]}, {"key": "b", "journeys": ["z", "x"]}]},
            "slots[1].journeys[1]",
        ),
        ({"budgets": [{"key": "a", "messages": 1}, {"key": "a", "messages": 2}]}, "budgets[1].key"),
        ({"budgets": [{"key": "a"}]}, "budgets[0]"),
        ({"budgets": [{"key": "a", "messages": 1, "amount": 5}]}, "budgets[0]"),
        ({"budgets": [{"key": "a", "messages": 1, "cost": 5}]}, "budgets[0].cost"),
        ({"budgets": [{"key": "a", "amount": 1, "cost": "order.value"}]}, "budgets[0].cost"),
        ({"control": {"percent": 99}}, "control.percent"),
        ({"curfew": True}, None),
    ],
)  # fmt: skip
def test_a_wrong_policy_is_explained_with_its_place(rules: dict[str, Any], path: str | None) -> None:
    with pytest.raises(Malformed) as refused:
        policy(**rules)
    assert refused.value.path == path
    assert refused.value.sentence.endswith(".")


def test_hours_stand_by_channel_and_country() -> None:
    rules = policy(
        quiet={"telegram": None, "email": {"from": "23:00", "until": "06:00"}},
        countries={"KZ": {"sms": {"from": "22:00", "until": "08:00"}, "email": None}},
    )
    assert rules.quiet_for("telegram", "KZ") is None
    assert rules.quiet_for("email", "KZ") is None
    assert rules.quiet_for("email", "DE") == Quiet(start="23:00", end="06:00")
    assert rules.quiet_for("sms", "KZ") == Quiet(start="22:00", end="08:00")
    assert rules.quiet_for("sms", None) == Quiet(start="21:00", end="09:00"), "as usual"
    assert rules.quiet_for("sms", "FR") == Quiet(start="20:00", end="10:00", days=("sun",), holidays=True)
    assert Policy().quiet_for("email", "FR") is None, "a letter makes no sound"


def test_one_policy_stands_and_its_absence_means_the_usual(database: Database) -> None:
    document = {"kind": "policy", "key": "default", "caps": [{"messages": 1}]}
    with database.transaction() as tx:
        assert standing(tx, SHOP) == Policy()
        definitions.put(tx, SHOP, document, kinds=Kinds([POLICY]), author="test", now=NOW)
        assert standing(tx, SHOP).caps[0].messages == 1
        definitions.set_state(tx, SHOP, "policy", "default", "paused", NOW)
        assert standing(tx, SHOP) == Policy()


def test_a_journey_that_nobody_has_is_a_doubt(database: Database) -> None:
    document = {"kind": "policy", "key": "default", "slots": [{"key": "a", "journeys": ["x", "y"]}]}
    with database.transaction() as tx:
        found = Kinds([POLICY]).doubts(tx, SHOP, document)
    assert [one.path for one in found] == ["slots[0].journeys[0]", "slots[0].journeys[1]"]


@pytest.mark.parametrize(
    ("traits", "phone", "country"),
    [
        ({"country": "kz"}, None, "KZ"),
        ({"country": "Kazakhstan"}, None, "KZ"),
        ({"address": {"country": "United Kingdom"}}, None, "GB"),
        ({"country": 5}, "+77011234567", "KZ"),
        ({}, "+4915112345678", "DE"),
        ({}, "nonsense", None),
        ({"country": "x" * 5000}, None, None),
    ],
)
def test_a_country_is_found_in_what_is_known(traits: dict[str, Any], phone: str | None, country: str | None) -> None:
    assert country_of(traits, phone) == country


def test_a_zone_is_found_in_what_is_known() -> None:
    home = ZoneInfo("Europe/Berlin")
    assert zone_of({"timezone": "Asia/Almaty"}, "+4915112345678", home).key == "Asia/Almaty"
    assert zone_of({"timezone": "../../etc/passwd"}, None, home) == home
    assert zone_of({}, "+33612345678", home).key == "Europe/Paris"
    assert zone_of({}, "+79031234567", home) == home, "Russia has many zones"
    assert country_code("Nowhere") is None


@pytest.mark.parametrize(
    ("per", "start", "following"),
    [
        ("day", (2026, 3, 28, 23), (2026, 3, 29, 22)),  # 23 hours long
        ("week", (2026, 3, 22, 23), (2026, 3, 29, 22)),
        ("month", (2026, 2, 28, 23), (2026, 3, 31, 22)),
        ("hour", (2026, 3, 29, 12), (2026, 3, 29, 13)),
    ],
)
def test_periods_of_a_budget_are_those_of_the_shop(
    per: Any, start: tuple[int, ...], following: tuple[int, ...]
) -> None:
    now = datetime(2026, 3, 29, 12, 34, tzinfo=UTC)
    period = Budget(key="b", messages=1, per=per).period(now, ZoneInfo("Europe/Berlin"))
    assert period == (datetime(*start, tzinfo=UTC), datetime(*following, tzinfo=UTC))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("cost", "units"),
    [(12.5, 1250), ("event.discount", 1500), ("profile.bonus", 30), ("event.nothing", 0), ("event.word", 0)],
)
def test_what_a_message_takes_of_an_amount(cost: float | str, units: int) -> None:
    budget = Budget(key="b", amount=100, cost=cost)
    assert budget.price({"discount": "15.00", "word": "much"}, {"bonus": 0.3}) == units


def test_what_a_budget_is_for() -> None:
    budget = Budget(key="b", messages=1, channel="sms", journey="cart")
    assert budget.concerns("sms", "news", "cart")
    assert not any((budget.concerns("sms", "news", None), budget.concerns("email", "news", "cart")))
