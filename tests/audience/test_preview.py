"""Before a segment is saved: how many, who and why, and which clause leaves the others out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec
import pytest

from hourglass.audience import Preview, Previewer
from hourglass.audience.build import Warm
from hourglass.kernel import Malformed
from hourglass.lake import flush
from hourglass.postgres import Database, list_workspaces
from tests.engine.shop import Shop

CONDITION = {"all": [{"event": "Order Completed", "within": "30d"}, {"trait": "city", "value": "Almaty"}]}


@pytest.fixture
def shop(database: Database, data: Path) -> Shop:
    made = Shop(database)
    made.settings = msgspec.structs.replace(made.settings, data=data)
    for who, city, orders in (("ann", "Almaty", 2), ("bob", "Almaty", 0), ("cleo", "Astana", 1), ("dora", "Astana", 0)):
        made.send({"type": "identify", "userId": who, "traits": {"city": city, "name": who}})
        made.send(*[{"userId": who, "event": "Order Completed"}] * orders)
    made.tick()
    return made


def preview(shop: Shop, condition: Any, previewer: Previewer | None = None) -> Preview:
    with shop.database.transaction() as tx:
        (workspace,) = list_workspaces(tx)
    asked = previewer or Previewer()
    return asked.preview(shop.database, shop.settings.data, workspace, condition, shop.clock.now())


def test_counts_samples_and_gives_reasons(shop: Shop) -> None:
    found = preview(shop, {"any": CONDITION["all"]})
    assert (found.count, found.people) == (3, 4)
    told = {one.name: [(reason.words["en"], reason.holds) for reason in one.reasons] for one in found.sample}
    order, city = ("did “Order Completed” in the last 30 days", "city is “Almaty”")
    assert told["bob"] == [(order, False), (city, True)]
    assert told["ann"] == [(order, True), (city, True)]
    assert found.sample[0].reasons[0].words["ru"].startswith("событие")


def test_each_clause_says_whom_it_leaves_out(shop: Shop) -> None:
    found = preview(shop, CONDITION)
    assert (found.count, [one.name for one in found.sample]) == (1, ["ann"])
    assert [(one.people, one.alone) for one in found.excluded] == [(2, 1), (2, 1)]


def test_files_and_queue_count_the_moment_they_change(shop: Shop) -> None:
    previewer, twice = Previewer(), {"event": "Order Completed", "value": 2}
    assert preview(shop, twice, previewer).count == 1
    flush(shop.database, shop.settings.data, shop.clock.now())
    assert preview(shop, twice, previewer).count == 1
    shop.send({"userId": "cleo", "event": "Order Completed"})
    shop.tick()
    assert preview(shop, twice, previewer).count == 2


def test_time_passes_for_what_is_remembered(shop: Shop) -> None:
    flush(shop.database, shop.settings.data, shop.clock.now())
    previewer = Previewer(Warm(beside=0))
    assert preview(shop, CONDITION, previewer).count == 1
    assert preview(shop, {"event": "Order Completed", "value": 2, "within": "10d"}, previewer).count == 1
    shop.clock.advance(timedelta(days=31))
    assert preview(shop, CONDITION, previewer).count == 0
    assert preview(shop, {"event": "Order Completed"}, previewer).count == 2


@pytest.mark.parametrize("warm", [Warm(), Warm(beside=0), Warm(most=1)], ids=["beside", "ordered", "too large"])
def test_what_is_remembered_follows_files_people_and_what_is_asked(shop: Shop, warm: Warm) -> None:
    shoes = {"event": "Order Completed", "where": [{"property": "colour", "value": "red"}]}
    for _ in range(2):
        flush(shop.database, shop.settings.data, shop.clock.now())
        assert preview(shop, {"event": "Order Completed", "value": 2}, Previewer(warm)).count == 1
        assert preview(shop, shoes, Previewer(warm)).count == 0
    shop.send({"userId": "bob", "event": "Order Completed", "properties": {"colour": "red"}})
    shop.send({"anonymousId": "device", "event": "Order Completed"})
    shop.tick()
    flush(shop.database, shop.settings.data, shop.clock.now())
    assert preview(shop, shoes, Previewer(warm)).count == 1
    assert preview(shop, {"event": "Order Completed", "value": 2}, Previewer(warm)).count == 1
    shop.send({"userId": "bob", "anonymousId": "device", "event": "Product Viewed"})
    shop.tick()
    assert preview(shop, {"event": "Order Completed", "value": 2}, Previewer(warm)).count == 2


def test_numbers_above_four_billion_are_remembered_too(database: Database, data: Path) -> None:
    shop = Shop(database)
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    shop.send({"userId": "ann", "event": "Order Completed"})
    shop.tick()
    flush(database, data, shop.clock.now())
    warm = Warm(beside=0)
    assert preview(shop, {"event": "Order Completed"}, Previewer(warm)).count == 1
    shop.rows("SELECT setval('profile_ids', 5000000000), setval('identity_ids', 6000000000)")
    shop.send({"userId": "bob", "event": "Order Completed"})
    shop.tick()
    flush(database, data, shop.clock.now())
    assert preview(shop, {"event": "Order Completed"}, Previewer(warm)).count == 2


def test_memory_is_given_back_when_nobody_asks(shop: Shop) -> None:
    flush(shop.database, shop.settings.data, shop.clock.now())
    warm = Warm()
    assert preview(shop, CONDITION, Previewer(warm, idle=0.01)).count == 1
    deadline = monotonic() + 10
    while warm.size:
        assert monotonic() < deadline


def test_a_mistake_is_named_with_its_place(shop: Shop) -> None:
    with pytest.raises(Malformed) as caught:
        preview(shop, {"all": [{"event": ""}]})
    assert caught.value.path == "condition.all[0].event"
