"""People inside one version taken over into another, moved on by real ticks afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hourglass.app.kinds import KINDS
from hourglass.journeys import TakenOver, TakeOver, take_over
from hourglass.journeys.api import JourneysController
from hourglass.kernel import Malformed, NotFound
from tests.engine.shop import SHOP, START, TEMPLATE, Shop
from tests.web.admin.asking import asking

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def send(template: str, **more: Any) -> dict[str, Any]:
    return {"send": {"channel": "email", "template": template}, **more}


def journey(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "journey", "key": "cart", "entry": {"event": "Product Added"}, "steps": list(steps), **more}


def come(shop: Shop, *people: str) -> None:
    shop.send(*({"userId": name, "event": "Product Added", "properties": {}} for name in people))
    shop.tick()


def over(shop: Shop, old: int = 1, *, preview: bool = False, **wish: Any) -> TakenOver:
    with shop.database.transaction() as tx:
        asked = TakeOver(old=old, preview=preview, **wish)
        return take_over(tx, SHOP, "cart", asked, "kim", shop.clock.now())


def waiting(shop: Shop) -> list[tuple[Any, ...]]:
    """(person, version, step, hours from the start until they go on)."""
    return [
        (name, version, step, (wake - START) / HOUR)
        for name, version, step, wake in shop.rows(
            "SELECT i.value, r.version, r.step, r.wake_at FROM journey_runs r JOIN identities i USING (profile_id) "
            "WHERE r.state = 'waiting' ORDER BY 1"
        )
    ]


def planned(shop: Shop) -> list[tuple[Any, ...]]:
    return shop.rows("SELECT template, step FROM messages ORDER BY id")


def test_people_stay_on_their_version_until_they_are_taken_over_and_keep_their_due_time(shop: Shop) -> None:
    shop.define(journey({"wait": "2h", "id": "first"}, send("old")))
    come(shop, "anna", "boris")
    shop.define(journey(send("hello"), {"wait": "9h", "id": "first"}, send("new")))
    told = over(shop, preview=True)
    (line,) = told.steps
    assert (line.step, line.id, line.people, line.how, line.to) == ("steps[0]", "first", 2, "waits_on", "steps[1]")
    assert (told.moved, told.stayed, told.left, told.new) == (2, 0, 0, 2)
    assert [row[1:3] for row in waiting(shop)] == [(1, "steps[0]")] * 2
    over(shop)
    assert waiting(shop) == [("anna", 2, "steps[1]", 2), ("boris", 2, "steps[1]", 2)]
    shop.tick(2 * HOUR)
    assert planned(shop) == [("new", "steps[2]")] * 2
    noted = shop.rows(
        "SELECT step, detail->>'to', detail->>'version', detail->>'by' FROM run_steps WHERE outcome = 'taken_over'"
    )
    assert noted == [("steps[0]", "steps[1]", "2", "kim")] * 2


def test_a_stated_mapping_goes_first_and_the_rest_stays_leaves_or_goes_where_it_says(shop: Shop) -> None:
    first = ({"wait": "2h", "id": "a"}, send("one"), {"wait": "2h", "id": "b"}, send("two"), {"wait": "9h", "id": "c"})
    shop.define(journey(*first))
    come(shop, "anna")
    shop.tick(2 * HOUR)
    come(shop, "boris")
    shop.define(journey({"wait": "5h", "id": "long"}, send("three")))
    assert [(one.id, one.how) for one in over(shop, preview=True).steps] == [("a", "stays"), ("b", "stays")]
    told = over(shop, preview=True, map={"b": "long"}, rest="leave")
    assert [(one.id, one.how, one.to) for one in told.steps] == [("a", "leaves", None), ("b", "waits_on", "steps[0]")]
    assert [(one.id, one.to) for one in over(shop, preview=True, rest="long").steps] == [
        ("a", "steps[0]"),
        ("b", "steps[0]"),
    ]
    over(shop, map={"b": "long"}, rest="leave")
    assert waiting(shop) == [("anna", 2, "steps[0]", 4)]
    assert shop.rows("SELECT end_reason FROM journey_runs WHERE state = 'exited'") == [("version_ended",)]
    assert shop.rows("SELECT state, reason FROM messages") == [("queued", None)]  # anna's, who goes on


def test_waits_begin_anew_when_asked_and_a_step_that_does_not_wait_is_taken_from_its_beginning(shop: Shop) -> None:
    shop.define(journey({"wait": "2h", "id": "a"}, send("one")))
    come(shop, "anna")
    shop.define(journey({"wait": "5h", "id": "a"}, send("two", id="letter"), {"wait": "1d", "id": "z"}))
    shop.clock.advance(HOUR)
    over(shop, waits="anew")
    shop.tick()
    assert waiting(shop) == [("anna", 2, "steps[0]", 6)]
    over(shop, 2, new=1, map={"a": "a"})
    over(shop, 1, map={"a": "letter"})
    shop.tick(HOUR)
    assert planned(shop) == []
    shop.tick(4 * HOUR)
    assert [template for template, _ in planned(shop)] == ["two"]
    assert waiting(shop) == [("anna", 2, "steps[2]", 30)]


def test_a_letter_at_a_place_where_another_one_left_before_leaves_too(shop: Shop) -> None:
    shop.define(journey(send("one"), {"wait": "2h", "id": "a"}, send("two")))
    come(shop, "anna")
    shop.define(journey(send("again"), {"wait": "2h", "id": "a"}, send("last")))
    over(shop, map={"a": "steps[0]"}, waits="anew")
    shop.tick()
    shop.tick(2 * HOUR)
    assert planned(shop) == [("one", "steps[0]"), ("again", "steps[0]#2"), ("last", "steps[2]")]


def test_who_waits_for_an_event_hears_it_after_a_change_of_the_timeout(shop: Shop) -> None:
    def asks(timeout: str) -> dict[str, Any]:
        return {
            "wait": {"event": "Paid", "timeout": timeout, "then": [send("thanks")], "else": [send("late")]},
            "id": "w",
        }

    shop.define(journey(asks("3d")))
    come(shop, "anna", "boris")
    shop.define(journey(asks("1d")))
    over(shop)
    assert [row[1:] for row in waiting(shop)] == [(2, "steps[0]", 24)] * 2
    shop.clock.advance(HOUR)
    shop.send({"userId": "anna", "event": "Paid", "properties": {}})
    shop.tick()
    shop.tick(DAY)
    assert [template for template, _ in planned(shop)] == ["thanks", "late"]


def test_who_waits_for_the_answer_of_another_system_is_left_where_they_are(shop: Shop) -> None:
    ask = {"webhook": {"url": "https://crm.example.com/vip"}, "id": "ask"}
    shop.define(journey(ask))
    come(shop, "anna")
    shop.define(journey(ask, send("hello")))
    assert [(one.id, one.how) for one in over(shop, rest="leave").steps] == [("ask", "stays")]


def test_a_loop_that_is_in_both_versions_goes_on_counting(shop: Shop) -> None:
    loop = {"repeat": {"times": 2, "do": [send("more"), {"wait": "1h", "id": "w"}]}, "id": "loop"}
    shop.define(journey(loop))
    come(shop, "anna")
    shop.define(journey({"wait": "1m"}, loop))
    over(shop)
    for _ in range(5):
        shop.tick(HOUR)
    assert [template for template, _ in planned(shop)] == ["more", "more"]


@pytest.mark.parametrize(
    ("wish", "path"),
    [({"map": {"nowhere": "a"}}, "map"), ({"map": {"a": "nowhere"}}, "map.a"), ({"rest": "nowhere"}, "rest"),
     ({"new": 1}, "to")],
)  # fmt: skip
def test_what_is_not_there_is_told_with_its_place(shop: Shop, wish: dict[str, Any], path: str) -> None:
    shop.define(journey({"wait": "2h", "id": "a"}), journey({"wait": "3h", "id": "a"}))
    with pytest.raises(Malformed) as refused:
        over(shop, **wish)
    assert refused.value.path == path
    with pytest.raises(NotFound):
        over(shop, 7)


def test_whoever_saves_a_new_version_hears_who_stays_on_the_old_one(shop: Shop) -> None:
    shop.define(
        TEMPLATE, journey({"wait": "2h", "id": "a"}, {"wait": "1h", "id": "b", "name": "A little"}, send("hello"))
    )
    come(shop, "anna", "boris")
    new = journey({"wait": "3h", "id": "a"}, send("hello"), goal={"event": "Order Completed"})
    before = doubts(shop, new)
    shop.define(new)
    assert before == doubts(shop, new)
    assert before[0] == (
        "2 people are inside version 1 and go on with it: 2 at “a” (wait 2h). Not in version 2: b, steps[2]. "
        "Different there: a, goal. To take them over: hourglass journeys move cart --from 1 --to 2."
    )
    assert not any("inside" in one for one in doubts(shop, journey({"wait": "1h"}, key="other")))


def test_over_http_nobody_is_moved_unless_it_is_said(shop: Shop) -> None:
    shop.define(journey({"wait": "2h", "id": "a"}))
    come(shop, "anna")
    shop.define(journey({"wait": "3h", "id": "a"}))
    with asking(shop.database, [JourneysController], clock=shop.clock) as client:
        told = client.post("/api/journeys/cart/move", json={"from": 1}).json()
        assert (told["preview"], told["from"], told["to"], told["moved"]) == (True, 1, 2, 1)
        assert waiting(shop)[0][1] == 1
        told = client.post("/api/journeys/cart/move", json={"from": 1, "preview": False}).json()
        assert told["steps"] == [
            {"step": "steps[0]", "id": "a", "summary": "wait 2h", "people": 1, "how": "waits_on", "to": "steps[0]"}
        ]
        assert waiting(shop)[0][1] == 2
        assert client.post("/api/journeys/cart/move", json={"from": 9}).status_code == 404


def doubts(shop: Shop, document: dict[str, Any]) -> list[str]:
    with shop.database.transaction() as tx:
        return [one.message for one in KINDS.doubts(tx, SHOP, document)]
