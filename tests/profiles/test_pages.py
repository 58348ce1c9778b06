"""People as the admin page sees them: found, looked at, exported, erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from litestar.di import Provide
from litestar.testing import create_test_client

from hourglass import profiles
from hourglass.kernel import FixedClock, HourglassError, NotFound
from hourglass.postgres import Database, Transaction
from hourglass.profiles.api import MergesController, PeopleController
from tests.profiles.calls import SHOP, happen, identify, live, moment, track
from tests.profiles.test_merge import WORKSPACE, ids

NOW = moment(5000)
_SHOP = Path(__file__).with_name("shop.sql")


@pytest.fixture
def shop(database: Database) -> Database:
    """Ann, who bought, was written to and is in a segment; Bob; and a visitor."""
    live(
        database,
        [identify(0, "ann", "a", email="ann@example.com", name="Ann Lee", phone="+77011234567")],
        [track(1, "ann", "a", event="Subscribed", channel="email", topic="news")],
        [identify(2, "bob", "b", email="bob@example.com", firstName="Bob", lastName="Ray"), track(3, None, "kiosk7")],
    )
    with database.transaction() as tx:
        tx.execute(_SHOP.read_bytes())
    return database


def ann_of(tx: Transaction) -> int:
    return tx.execute("SELECT profile_id FROM identities WHERE value = 'ann'").fetchall()[0][0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Bob Ray", "Ann Lee"]),
        ("ann@", ["Ann Lee"]),
        ("lee", ["Ann Lee"]),
        ("bob ra", ["Bob Ray"]),
        ("+7 701 123", ["Ann Lee"]),
        ("b", ["Bob Ray"]),
        ("100%", []),
        ("kiosk", [None]),
    ],
)
def test_people_are_found(shop: Database, text: str, names: list[str | None]) -> None:
    with shop.transaction() as tx:
        assert [one.name for one in profiles.search(tx, WORKSPACE, text).people] == names


def test_a_list_goes_on_where_it_stopped(database: Database) -> None:
    live(database, [identify(n, f"u{n}") for n in range(70)])
    with database.transaction() as tx:
        first = profiles.search(tx, WORKSPACE)
        rest = profiles.search(tx, WORKSPACE, cursor=first.next)
        assert (len(first.people), len(rest.people), rest.next) == (50, 20, None)
        assert len({one.id for one in first.people + rest.people}) == 70
        assert profiles.people_counts(tx, SHOP, moment(60)) == profiles.PeopleCounts(known=70, visitors=0, new_today=10)


def test_a_person_in_full(shop: Database) -> None:
    with shop.transaction() as tx:
        ann = profiles.look(tx, WORKSPACE, ann_of(tx))
    assert (ann.name, ann.value.amount, ann.orders[0].id, ann.orders[0].lines[0]["price"]) == (
        "Ann Lee",
        "12.50",
        "o1",
        "12.50",
    )
    assert [one.kind for one in ann.identities] == ["user_id", "email", "phone", "anonymous_id"]
    assert [one.key for one in ann.segments] == ["vip"]
    assert [one.topic for one in ann.consents] == ["news"]


def test_a_timeline_tells_everything_newest_first(shop: Database) -> None:
    with shop.transaction() as tx:
        items = profiles.timeline(tx, SHOP, ann_of(tx)).items
    assert [(one.kind, one.title, one.reason) for one in items] == [
        ("message", "Hello Ann", "no_consent"),
        ("run", "Welcome", None),
        ("consent", "news", None),
        ("event", "Product Viewed", None),
        ("event", "Product Viewed", None),
    ]
    assert items[-1].generated
    assert items[-1].detail == {"summary": "Hat", "properties": {"name": "Hat"}}


def test_a_long_timeline_shows_each_item_once(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute("INSERT INTO event_names (workspace_id, name, first_seen_at) VALUES (1, 'Product Viewed', now())")
        events = [track(n // 9, "1", n=n) for n in range(120)]
        events += [track(n // 9, "1", event="Subscribed", channel="email", topic=str(n)) for n in range(40)]
        (who,) = happen(tx, events).touched
        tx.execute("UPDATE events SET name_id = (SELECT id FROM event_names)")
        seen: list[Any] = []
        before = None
        while True:
            page = profiles.timeline(tx, SHOP, who, before)
            seen += [(one.at, one.kind, str(one.detail)) for one in page.items]
            before = page.next
            if before is None:
                break
    assert len(seen) == 200
    assert [one[0] for one in seen] == sorted((one[0] for one in seen), reverse=True)


def test_an_export_holds_everything(shop: Database) -> None:
    with shop.transaction() as tx:
        copy = profiles.export(tx, WORKSPACE, ann_of(tx), NOW)
    assert copy["person"]["email"] == "ann@example.com"
    sizes = {name: len(copy[name]) for name in ("events", "orders", "carts", "messages", "runs", "consents", "links")}
    assert sizes == {"events": 2, "orders": 1, "carts": 1, "messages": 1, "runs": 1, "consents": 1, "links": 3}


def test_nothing_of_an_erased_person_is_left(shop: Database) -> None:
    with shop.transaction() as tx:
        ann = ann_of(tx)
        mine = sorted(ids(tx, "user_id:ann", "email:ann@example.com", "phone:+77011234567", "anonymous_id:a"))
        tx.execute(
            "INSERT INTO message_hits (workspace_id, message_id, kind, at, url, ip)"
            " SELECT workspace_id, id, 'click', now(), 'https://tea.example', '203.0.113.77' FROM messages"
        )
        tx.execute("INSERT INTO list_pending VALUES (1, 'email', 'ann@example.com', 1, 1, now())")
        assert profiles.erase(tx, SHOP, ann, NOW) == mine
        assert tx.execute("SELECT profile_id, identity_ids FROM erasures").fetchall() == [(ann, mine)]
        assert leftovers(tx, ann, mine) == {"erasures": 1, "messages": 1}
        kept = tx.execute("SELECT address, subject, facts FROM messages").fetchall()
        assert kept == [(None, None, {})]
        assert tx.execute("SELECT detail FROM dead_letters").fetchall() == [("zoe",)]
        assert text_anywhere(tx, "ann@example.com") == []
        assert text_anywhere(tx, "203.0.113.77") == []
        with pytest.raises(NotFound):
            profiles.look(tx, WORKSPACE, ann)


def leftovers(tx: Transaction, profile: int, identities: list[int]) -> dict[str, int]:
    """Rows of any table that still name the person by number."""
    found: dict[str, int] = {}
    for table, column in tx.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND column_name IN ('profile_id', 'identity_id', 'low', 'high', 'merged_into', 'from_profile', 'to_profile')"
    ).fetchall():
        wanted = [profile] if "profile" in column or column == "merged_into" else identities
        rows = tx.execute(f"SELECT count(*) FROM {table} WHERE {column} = ANY(%s)".encode(), [wanted]).fetchall()
        if rows[0][0]:
            found[table] = rows[0][0]
    return found


def text_anywhere(tx: Transaction, text: str) -> list[str]:
    """Tables with the text in any column."""
    tables = tx.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'").fetchall()
    return [
        table
        for (table,) in tables
        if tx.execute(f"SELECT 1 FROM {table} t WHERE t::text ILIKE %s".encode(), [f"%{text}%"]).fetchone()
    ]


def test_visitors_who_never_came_back_are_forgotten(shop: Database) -> None:
    with shop.transaction() as tx:
        assert profiles.expire_visitors(tx, SHOP, moment(0)) == 0
        assert profiles.expire_visitors(tx, SHOP, moment(10)) == 1
        assert tx.execute("SELECT count(*) FROM profiles").fetchone() == (2,)
        assert happen(tx, [track(9, None, "kiosk7")]).created


def test_people_over_http(shop: Database) -> None:
    followed: list[profiles.Regrouped] = []
    with shop.transaction() as tx:
        provided = {
            "tx": Provide(lambda: tx, sync_to_thread=False),
            "workspace": Provide(lambda: WORKSPACE, sync_to_thread=False),
            "clock": Provide(lambda: FixedClock(NOW), sync_to_thread=False),
            "actor_name": Provide(lambda: "ann", sync_to_thread=False),
            "follow": Provide(lambda: lambda *told: followed.append(told[2]), sync_to_thread=False),
        }
        handlers = [PeopleController, MergesController]
        with create_test_client(handlers, dependencies=provided, exception_handlers={HourglassError: _say}) as client:
            assert client.get("/api/people?search=lee").json()["people"][0]["revenue"] == {
                "amount": "12.50",
                "currency": "EUR",
            }
            ann = ann_of(tx)
            assert client.get(f"/api/people/{ann}").json()["orders"][0]["revenue"]["amount"] == "12.50"
            assert len(client.get(f"/api/people/{ann}/timeline").json()["items"]) == 5
            assert client.get(f"/api/people/{ann}/export").status_code == 200
            assert client.get("/api/people/999").status_code == 404
            assert client.get("/api/merge-reviews").json() == {"reviews": []}
            assert client.post("/api/merge-reviews/a-b", json={"decision": "merge"}).json()["path"] == "pair"
            low, high = ids(tx, "user_id:ann", "user_id:bob")
            assert client.post(f"/api/merge-reviews/{low}-{high}", json={"decision": "merge"}).status_code == 200
            assert client.post("/api/merges/undo", json={"low": low, "high": high}).status_code == 200
            assert [len(one.moved) for one in followed] == [3, 3]
            assert client.post(f"/api/people/{ann}/erase").status_code == 200


def _say(_request: Any, error: HourglassError) -> Any:
    from litestar import Response

    return Response(error.body(), status_code=error.status)
