"""What a journey added, beside those whom it was kept from."""

from __future__ import annotations

from datetime import timedelta

from hourglass.definitions import find
from hourglass.journeys import read_journey
from hourglass.postgres import find_workspace
from hourglass.reports.incremental import read_incremental
from tests.engine.shop import SHOP
from tests.experiments.desk import CART, LATER, ExperimentDesk
from tests.messages.shop import NOW


def asked(desk: ExperimentDesk):
    with desk.database.transaction() as tx:
        journey = read_journey(find(tx, SHOP, "journey", "cart").body)
        return read_incremental(tx, find_workspace(tx, SHOP), journey, LATER)


def test_revenue_and_orders_that_would_not_have_been_without_it(database) -> None:
    desk = ExperimentDesk(database)
    desk.define({**CART, "control": 50})
    people = desk.people(1000)
    desk.enter(people[:500], control=True)
    desk.enter(people[500:])
    desk.buy(people[:50], NOW + timedelta(days=1))
    desk.buy(people[500:800], NOW + timedelta(days=1))
    found = asked(desk)
    assert found is not None
    assert (found.people, found.kept_out, found.currency) == (500, 500, "EUR")
    assert round(found.orders or 0) == 250
    assert round(found.revenue or 0) == 250_000
    assert found.certain
    assert found.words["en"].startswith("It added 2,500")


def test_without_a_control_group_nobody_can_say(database) -> None:
    desk = ExperimentDesk(database)
    desk.define({key: value for key, value in CART.items() if key != "control"})
    assert asked(desk) is None
