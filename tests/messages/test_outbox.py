from __future__ import annotations

from hourglass.kernel import RunId
from hourglass.messages import cancel, enqueue
from tests.messages.shop import SHOP, Shop


def test_a_run_and_step_enter_the_outbox_once(shop: Shop) -> None:
    row = shop.row(shop.person())
    with shop.database.transaction() as tx:
        assert enqueue(tx, [row, row]) == 1
        assert enqueue(tx, [row]) == 0
    assert shop.states() == {"queued": 1}


def test_nothing_to_enqueue_is_no_statement(shop: Shop) -> None:
    with shop.database.transaction() as tx:
        assert enqueue(tx, []) == 0


def test_leaving_a_run_withholds_what_it_had_queued(shop: Shop) -> None:
    anna = shop.person()
    stays = shop.queue(anna)
    row = shop.row(anna)
    with shop.database.transaction() as tx:
        enqueue(tx, [row])
        assert cancel(tx, SHOP, [row.run_id], "journey_exited") == 1
        assert cancel(tx, SHOP, [row.run_id], "journey_exited") == 0
        assert cancel(tx, SHOP, [], "journey_exited") == 0
    assert shop.message(stays)["state"] == "queued"
    [(state, reason)] = shop.run("SELECT state, reason FROM messages WHERE run_id = %(run)s", run=row.run_id)
    assert (state, reason) == ("withheld", "journey_exited")


def test_what_has_left_is_not_withheld(shop: Shop) -> None:
    id_ = shop.queue(shop.person())
    shop.run("UPDATE messages SET state = 'sent' WHERE id = %(id)s", id=id_)
    run = RunId(shop.message(id_)["run_id"])
    with shop.database.transaction() as tx:
        assert cancel(tx, SHOP, [run], "journey_exited") == 0


def test_facts_come_back_as_they_were_queued(shop: Shop) -> None:
    facts = {"event": "Order Completed", "properties": {"order_id": "7", "name": 'Ünï ☃ \\ "quoted"'}}
    assert shop.message(shop.queue(shop.person(), facts=facts))["facts"] == facts
