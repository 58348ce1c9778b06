from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hourglass.events import Event, decode, envelope
from hourglass.messages import About, News, apply_feedback, counts, of_profile, per_minute, recent, tell
from hourglass.messages.tracking.feedback import People
from tests.messages.shop import NOW, SHOP, Shop, days


class Nobody:
    profile_ids: tuple[int, ...] = ()


NOBODY: People = Nobody()


def event(shop: Shop, name: str, id_: int, at: datetime = NOW, proof: UUID | None = None, **more: Any) -> Event:
    told = {"message_id": id_, "proof": (proof or shop.message(id_)["proof"]).hex, **more}
    body = {"type": "track", "event": name, "userId": "u1", "timestamp": at.isoformat(), "properties": told}
    [made], dropped = decode(b"[" + envelope("track", body) + b"]", at, at)
    assert not dropped
    return made


def apply(shop: Shop, *events: Event) -> int:
    with shop.database.transaction() as tx:
        return apply_feedback(events, NOBODY, tx)


def sent(shop: Shop, email: str = "anna@customers.example") -> int:
    id_ = shop.queue(shop.person(email))
    shop.run("UPDATE messages SET state = 'sent', sent_at = %(now)s, address = %(email)s WHERE id = %(id)s",
             id=id_, now=NOW, email=email)  # fmt: skip
    return id_


def test_the_first_open_counts_in_whatever_order_they_come(shop: Shop) -> None:
    id_ = sent(shop)
    apply(shop, event(shop, "Message Opened", id_, NOW + days(2)), event(shop, "Message Opened", id_, NOW + days(1)))
    apply(shop, event(shop, "Message Opened", id_, NOW + days(3)), event(shop, "Message Clicked", id_, NOW + days(3)))
    row = shop.message(id_)
    assert (row["opened_at"], row["clicked_at"], row["bounced_at"]) == (NOW + days(1), NOW + days(3), None)


def test_a_dead_address_is_suppressed_once(shop: Shop) -> None:
    id_ = sent(shop, "Anna@Customers.example")
    apply(shop, *[event(shop, "Message Bounced", id_, NOW + days(n), permanent=True) for n in (1, 2)])
    apply(shop, event(shop, "Message Bounced", id_, NOW + days(3), permanent=True))
    assert shop.run("SELECT channel, address, reason FROM suppressions") == [
        ("email", "anna@customers.example", "bounced")
    ]
    assert shop.message(id_)["bounced_at"] == NOW + days(1)


def test_a_passing_bounce_suppresses_nobody_and_a_complaint_does(shop: Shop) -> None:
    soft, angry = sent(shop), sent(shop, "b@customers.example")
    apply(shop, event(shop, "Message Bounced", soft), event(shop, "Message Complained", angry))
    assert shop.run("SELECT address, reason FROM suppressions") == [("b@customers.example", "complained")]


def test_a_message_keeps_what_its_last_bounce_said(shop: Shop) -> None:
    id_ = sent(shop)
    apply(shop, event(shop, "Message Bounced", id_, bounce="later", why="451 Try"),
          event(shop, "Message Bounced", id_, NOW + days(1), bounce="full", why="552 Over\0 quota"))  # fmt: skip
    apply(shop, event(shop, "Message Opened", id_, NOW + days(2)))
    row = shop.message(id_)
    assert (row["bounce"], row["bounce_said"]) == ("full", "552 Over quota")


def test_news_that_are_not_from_us_change_nothing(shop: Shop) -> None:
    id_ = sent(shop)
    forged = event(shop, "Message Bounced", id_, proof=uuid4(), permanent=True)
    nonsense = [event(shop, "Message Opened", id_) for _ in range(3)]
    nonsense[0].properties["proof"] = "nonsense"
    nonsense[1].properties["message_id"] = "1; DROP TABLE messages"
    del nonsense[2].properties["proof"]
    apply(shop, forged, *nonsense)
    row = shop.message(id_)
    assert (row["opened_at"], row["bounced_at"]) == (None, None)
    assert shop.run("SELECT * FROM suppressions") == []


def test_other_events_are_none_of_its_business(shop: Shop) -> None:
    assert apply(shop, event(shop, "Order Completed", sent(shop))) == 0


def test_the_same_news_twice_is_one_event(shop: Shop) -> None:
    id_ = sent(shop)
    row = shop.message(id_)
    about = About(**{name: row[name] for name in About.__struct_fields__ if name in row})
    with shop.database.transaction() as tx:
        for _ in range(2):
            tell(tx, [News(name="Message Sent", about=about, at=NOW)], NOW, 4)
    first, second = shop.events()
    assert first["messageId"] == second["messageId"]


def test_an_erased_person_makes_no_news(shop: Shop) -> None:
    about = About(workspace_id=1, id=1, profile_id=999, channel="email", template="x", topic="news", proof=uuid4())
    with shop.database.transaction() as tx:
        tell(tx, [News(name="Message Sent", about=about, at=NOW)], NOW, 4)
    assert shop.events() == []


def test_reports_count_and_say_why(shop: Shop) -> None:
    anna = shop.person(firstName="Anna", lastName="Li")
    for state, reason, made in (
        ("sent", None, 3),
        ("withheld", "no_consent", 2),
        ("withheld", "suppressed", 1),
        ("queued", None, 1),
    ):
        for _ in range(made):
            id_ = shop.queue(anna, created_at=NOW - timedelta(minutes=made))
            shop.run("UPDATE messages SET state = %(state)s, reason = %(reason)s WHERE id = %(id)s",
                     state=state, reason=reason, id=id_)  # fmt: skip
    shop.run("UPDATE messages SET opened_at = %(now)s, sent_at = %(now)s WHERE state = 'sent'", now=NOW)
    with shop.database.transaction() as tx:
        told = counts(tx, SHOP)
        lines = recent(tx, SHOP, 3)
        mine = of_profile(tx, SHOP, anna)  # type: ignore[arg-type]
        minutes = per_minute(tx, SHOP, NOW - days(1), NOW + days(1))
    assert (told.sent, told.withheld, told.queued, told.opened, told.failed) == (3, 3, 1, 3, 0)
    assert [(one.reason, one.count) for one in told.by_reason] == [("no_consent", 2), ("suppressed", 1)]
    assert told.by_reason[0].words["ru"] == "нет согласия на эту тему"
    assert len(lines) == 3
    assert len(mine) == 7
    assert {line.name for line in lines} == {"Anna Li"}
    assert {(line.words or {}).get("en") for line in mine} >= {"there is no consent for this topic", None}
    assert sum(minutes.values()) == 3


def test_machines_open_nothing_and_what_has_no_name_is_a_person(shop: Shop) -> None:
    id_ = sent(shop)
    apply(shop, event(shop, "Message Opened", id_, by="proxy"), event(shop, "Message Clicked", id_, by="scanner"))
    row = shop.message(id_)
    assert (row["opened_at"], row["clicked_at"]) == (None, None)
    apply(shop, event(shop, "Message Opened", id_, NOW + days(1), by="human"))
    apply(shop, event(shop, "Message Clicked", id_, NOW + days(2)))
    row = shop.message(id_)
    assert (row["opened_at"], row["clicked_at"]) == (NOW + days(1), NOW + days(2))
