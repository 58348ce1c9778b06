"""Digest: what a person does in a while, told once with all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed
from tests.engine.shop import TEMPLATE

DAY = timedelta(days=1)


def journey(*steps, **more):
    return {"kind": "journey", "key": "walk", "entry": {"event": "Product Viewed"}, "steps": list(steps), **more}


def digest(**more):
    return {"id": "looked", "digest": {"collect": "Product Viewed", "for": "1d", **more}}


def looked(who, *products):
    return [
        {"userId": who, "event": "Product Viewed", "properties": {"product_id": p, "price": len(p)}} for p in products
    ]


def learnt(shop):
    rows = shop.rows(
        "SELECT i.value, r.entry->'steps'->'looked' FROM journey_runs r"
        " JOIN identities i ON i.profile_id = r.profile_id WHERE i.kind = 'user_id' ORDER BY r.id"
    )
    return {
        who: ([one["properties"]["product_id"] for one in told["events"]], told["count"]) for who, told in rows if told
    }


def test_what_came_in_a_day_is_told_once_the_latest_first(shop):
    shop.define(TEMPLATE, journey(digest(limit=2), {"send": {"channel": "email", "template": "hello"}}))
    shop.send(*looked("anna", "tea"), *looked("boris", "cup"))
    shop.tick()
    shop.tick(timedelta(hours=2))
    shop.send(*looked("anna", "pot", "kettle"))
    shop.tick()
    assert shop.messages() == []
    shop.tick(timedelta(hours=22))
    assert learnt(shop) == {"anna": (["kettle", "pot"], 3), "boris": (["cup"], 1)}
    facts = [row[0]["steps"]["looked"]["count"] for row in shop.rows("SELECT facts FROM messages ORDER BY run_id")]
    assert facts == [3, 1], "templates read steps.looked"
    assert {run[1] for run in shop.runs()} == {"finished"}


def test_only_what_the_filter_lets_through_counts_and_without_any_the_run_leaves(shop):
    dear = [{"property": "price", "op": "at_least", "value": 4}]
    shop.define(journey(digest(where=dear)))
    shop.send(*looked("anna", "tea", "kettle"), *looked("boris", "cup"))
    shop.tick()
    shop.tick(DAY)
    assert learnt(shop) == {"anna": (["kettle"], 1)}
    assert [run[1:3] for run in shop.runs()] == [("finished", None), ("exited", "nothing_collected")]


def test_whoever_wants_to_hear_of_nothing_goes_on(shop):
    shop.define(journey({"wait": "1h"}, digest(empty="go_on")))
    shop.send(*looked("anna", "tea"))
    shop.tick()
    shop.tick(timedelta(hours=1))
    shop.tick(DAY)
    assert learnt(shop) == {"anna": ([], 0)}, "what let her in came before"


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"digest": {"collect": "Product Viewed", "for": "1d"}}, "steps[0]"),
        ({"id": "a", "digest": {"collect": "Product Viewed"}}, "steps[0].digest.for"),
        ({"id": "a", "digest": {"for": "1d"}}, "steps[0].digest.collect"),
        ({"id": "a", "digest": {"collect": "A", "for": "1d", "limit": 500}}, "steps[0].digest.limit"),
        ({"id": "a", "digest": {"collect": "A", "for": "1d", "empty": "wait"}}, "steps[0].digest.empty"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(step, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(step))
    assert refused.value.path == path
