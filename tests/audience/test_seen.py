"""A name that nobody has sent is warned about, with the names that were probably meant."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from hourglass.app.kinds import KINDS
from hourglass.audience.mentions import mentions
from hourglass.audience.tree.seen import doubts
from hourglass.definitions import apply_folder, diff_folder
from hourglass.definitions.api import DefinitionsController, SchemaController
from tests.engine.shop import SHOP, Shop
from tests.web.admin.asking import asking

ORDER = {
    "userId": "ann",
    "event": "Order Completed",
    "properties": {
        "order_id": "o1",
        "total": 10,
        "coupon": "X",
        "address": {"city": "Almaty"},
        "products": [{"brand": "B"}],
    },
}


@pytest.fixture
def told(shop: Shop) -> Shop:
    shop.send(ORDER, {"userId": "ann", "type": "identify", "traits": {"city": "Almaty", "home": {"zip": "1"}}})
    shop.tick()
    return shop


def about(shop: Shop, condition: dict) -> list[tuple[str, list[str]]]:
    with shop.database.transaction() as tx:
        found = doubts(tx, SHOP, {"kind": "segment", "key": "s", "when": condition})
    return [(one.path, one.near) for one in found]


CASES = {
    "known": ({"event": "Order Completed", "where": [{"property": "coupon", "value": "X"}]}, []),
    "a slip in an event": ({"all": [{"event": "Order Complete"}]}, [("when.all[0].event", "Order Completed")]),
    "an event of the vocabulary that never came": ({"event": "product viewed"}, [("when.event", "Product Viewed")]),
    "a slip in a property": (
        {"event": "Order Completed", "where": [{"property": "cupon", "value": "X"}]},
        [("when.where[0].property", "coupon")],
    ),
    "a property of lines": ({"event": "Order Completed", "where": [{"property": "products.brand", "value": 1}]}, []),
    "a slip in a property of lines": (
        {"event": "Order Completed", "where": [{"property": "products.brnad", "value": 1}]},
        [("when.where[0].property", "products.brand")],
    ),
    "a nested one": ({"event": "Order Completed", "where": [{"property": "address.city", "value": 1}]}, []),
    "always there": (
        {
            "event": "Order Completed",
            "measure": {"sum": "revenue"},
            "value": 1,
            "where": [{"property": "at", "op": "exists"}],
        },
        [],
    ),
    "a measure": (
        {"event": "Order Completed", "measure": {"max": "totl"}, "value": 1},
        [("when.measure.max", "total")],
    ),
    "a share": (
        {
            "event": "Order Completed",
            "measure": {"share": {"of": "totl", "where": [{"property": "cupon", "value": 1}]}},
            "value": 1,
        },
        [("when.measure.share.of", "total"), ("when.measure.share.where[0].property", "coupon")],
    ),
    "a trait": ({"not": {"trait": "City", "value": 1}}, [("when.not.trait", "city")]),
    "a trait inside": ({"trait": "home.zip", "op": "exists"}, []),
    "an e-mail address": ({"trait": "email", "op": "exists"}, []),
    "a channel that is there": (
        {"all": [{"reachable": "email"}, {"consent": {"channel": "email", "topic": "news"}}]},
        [],
    ),
    "channels that nobody serves": (
        {
            "all": [
                {"reachable": "emial"},
                {"consent": {"channel": "eemail", "topic": "news"}},
                {"messages": {"channel": "emal"}, "did": "opened"},
            ]
        },
        [
            ("when.all[0].reachable", "email"),
            ("when.all[1].consent.channel", "email"),
            ("when.all[2].messages.channel", "email"),
        ],
    ),
    "a sequence": (
        {"sequence": [{"event": "Order Completed"}, {"not": {"event": "Order Compleated"}}]},
        [("when.sequence[1].not.event", "Order Completed")],
    ),
}


@pytest.mark.parametrize(("condition", "expected"), CASES.values(), ids=CASES.keys())
def test_who_is_doubted(told, condition, expected):
    found = about(told, condition)
    assert [path for path, _ in found] == [path for path, _ in expected]
    assert all(meant in near for (_, near), (_, meant) in zip(found, expected, strict=True))


def test_a_condition_does_not_make_its_own_names_known(told):
    told.define({"kind": "segment", "key": "s", "when": {"event": "Order Compleated"}})
    told.tick()
    assert about(told, {"event": "Order Compleated"}) != []


def test_an_event_that_comes_later_moves_people_at_once(told):
    told.define({"kind": "segment", "key": "readers", "when": {"event": "Article Read"}})
    told.tick()
    told.send({"userId": "ann", "event": "Article Read"})
    told.tick()
    assert told.rows("SELECT count(*) FROM segment_members") == [(1,)]


def test_a_property_of_an_event_that_never_came_is_not_doubted_twice(told):
    condition = {"event": "Lesson Watched", "where": [{"property": "anything", "value": 1}]}
    assert [path for path, _ in about(told, condition)] == ["when.event"]


def test_the_warning_comes_with_the_answer(told):
    body = {"when": {"trait": "cty", "value": "Almaty"}}
    with asking(told.database, [DefinitionsController], clock=told.clock, kinds=KINDS) as client:
        saved = client.put("/api/definitions/segment/s", json=body).json()
        assert client.get("/api/definitions/segment/s").json()["when"] == body["when"]
    assert saved["version"] == 1
    message = "None of the people seen lately has a trait “cty”."
    assert saved["warnings"] == [{"path": "when.trait", "message": message, "near": ["city"]}]


def test_git_is_warned_before_and_after(told, tmp_path: Path):
    document = {"kind": "segment", "key": "s", "when": {"event": "Ordr Completed"}}
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(document))
    with told.database.transaction() as tx:
        (planned,) = diff_folder(tx, SHOP, tmp_path, KINDS)
        (done,) = apply_folder(tx, SHOP, tmp_path, KINDS, "test", told.clock.now())
    assert planned.doubts == done.doubts
    assert [(one.path, one.near[0]) for one in done.doubts] == [("when.event", "Order Completed")]


def test_mentions_of_a_journey_have_their_places_too():
    journey = {
        "entry": {"event": "A", "where": [{"property": "p", "value": 1}]},
        "steps": [{"branch": [{"when": {"trait": "t", "op": "exists"}, "do": []}]}],
    }
    assert [(one.path, one.name, one.event) for one in mentions(journey, "")] == [
        ("entry.event", "A", ""),
        ("entry.where[0].property", "p", "A"),
        ("steps[0].branch[0].when.trait", "t", ""),
    ]


def test_schemas_are_published(shop: Shop):
    with asking(shop.database, [SchemaController], kinds=KINDS) as client:
        assert {"condition", "segment"} <= set(client.get("/api/schema").json())
        schema = client.get("/api/schema/condition").json()
        missing = client.get("/api/schema/hat")
    jsonschema_rs.validator_for(schema).validate({"event": "Order Completed"})
    assert (missing.status_code, "condition" in missing.json()["error"]) == (404, True)
