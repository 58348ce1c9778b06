"""The words that the server owns, as the page asks for them."""

from __future__ import annotations

from hourglass.messages import REASONS
from hourglass.postgres import Database
from hourglass.web.api import vocabulary
from tests.web.admin.asking import asking


def test_every_event_and_reason_has_words_in_both_languages(database: Database) -> None:
    with asking(database, [vocabulary]) as client:
        found = client.get("/api/vocabulary").json()
    events = {event["name"]: event for event in found["events"]}
    assert events["Order Completed"]["words"] == {"en": "Order completed", "ru": "Заказ оформлен"}
    assert "order_id" in events["Order Completed"]["properties"]
    assert found["reasons"].keys() == REASONS.keys()
    told = [event["words"] for event in found["events"]] + list(found["reasons"].values())
    assert all(words["en"] and words["ru"] for words in told)


def test_only_who_is_signed_in_is_told(database: Database) -> None:
    with asking(database, [vocabulary]) as client:
        del client.headers["authorization"]
        assert client.get("/api/vocabulary").status_code == 401
