"""Actions in a backtest: traits, events and codes as in life, and nothing of it outside."""

from __future__ import annotations

from datetime import timedelta

from hourglass.commerce import add_codes, promo_pools
from tests.engine.shop import SHOP, START

HOUR = timedelta(hours=1)
DRAFT = {
    "kind": "journey",
    "key": "gift",
    "entry": {"event": "Signed Up"},
    "reentry": "once",
    "steps": [
        {"promo": {"pool": "summer", "into": "code"}},
        {"update": {"traits": {"code": "{{ steps.code }}"}}},
        {"emit": {"event": "Gift Given"}},
        {"wait": "1h"},
        {"branch": [{"when": {"trait": "code", "op": "equals", "value": "A"}, "do": [{"exit": "first"}]}]},
    ],
}


def test_a_draft_gives_codes_and_sets_traits_only_in_the_backtest(lived):
    with lived.database.transaction() as tx:
        add_codes(tx, SHOP, "summer", ["A", "B"], START + 9 * HOUR)
    for hour, user in enumerate(("anna", "boris", "clara"), 1):
        lived.say(START + hour * HOUR, {"userId": user, "event": "Signed Up"})
    lived.live_until(START + 9 * HOUR)
    told = lived.backtest(DRAFT, START, START + 9 * HOUR)
    assert len(told.examples) == 3
    reasons = [happening.words["en"] for one in told.examples for happening in one.happenings]
    assert "Leaves: first" in reasons
    assert "Leaves: no promo codes were left" in reasons
    with lived.database.transaction() as tx:
        assert [(one.left, one.given) for one in promo_pools(tx, SHOP, START)] == [(2, 0)]
    assert lived.rows("SELECT count(*) FROM event_names WHERE name = 'Gift Given'") == [(0,)]


def test_other_systems_are_not_asked_and_the_answer_says_so(lived):
    draft = DRAFT | {"steps": [{"webhook": {"url": "https://crm.example.com/", "else": [{"exit": "no_answer"}]}}]}
    lived.say(START + HOUR, {"userId": "anna", "event": "Signed Up"})
    lived.live_until(START + 3 * HOUR)
    told = lived.backtest(draft, START, START + 3 * HOUR)
    assert any("Other systems were not asked" in note["en"] for note in told.notes)
    assert [one.state for one in told.examples] == ["exited"]
