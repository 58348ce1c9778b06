"""SQL over the lake: all that was processed, under the person of today, and never a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from hourglass.kernel import HourglassError, Malformed, NotFound, Unavailable, WorkspaceId
from hourglass.lake import query
from hourglass.lake.answer import LakeRewritten
from hourglass.lake.views import Limits
from tests.lake.conftest import Lake
from tests.lake.facts import NOW, events


def ask(lake: Lake, sql: str) -> pl.DataFrame:
    return query(lake.database, lake.data, sql)


def run(lake: Lake, *statements: str) -> None:
    with lake.database.transaction() as tx:
        for statement in statements:
            tx.execute(statement.encode())


# ── events ───────────────────────────────────────────────────────────────────
def test_before_the_first_event_there_is_an_empty_view(lake: Lake) -> None:
    assert ask(lake, "SELECT count(*), max(at) FROM events").rows() == [(0, None)]


def test_what_waits_for_its_flush_counts_already(lake: Lake) -> None:
    lake.add(events(100))
    lake.enqueue(events(20, start=100))
    assert ask(lake, "SELECT count(DISTINCT message_id) FROM events").item() == 120


def test_events_have_good_types(lake: Lake) -> None:
    lake.add(events(1, start=3, currency="EUR"))
    found = ask(lake, "FROM events")
    assert found.columns[:4] == ["profile_id", "identity_id", "event", "kind"]
    assert found["revenue"].to_list() == [Decimal("18.99")]
    assert found["at"].to_list() == [NOW - timedelta(minutes=3)]
    assert found["month"].to_list() == ["2026-03"]
    assert ask(lake, "SELECT properties->>'name' FROM events").item() == "WHITE HANGING HEART"


def test_huge_sums_do_not_overflow(lake: Lake) -> None:
    lake.add(events(2, revenue=2**63 - 1))
    assert ask(lake, "SELECT sum(revenue) FROM events").item() == Decimal(2**63 - 1) * 2 / 100


def test_money_follows_its_currency(lake: Lake) -> None:
    run(lake, "UPDATE workspaces SET currency = 'JPY' WHERE id = 1")
    lake.add(events(1, revenue=500, currency="JPY"), events(1, start=1, revenue=500, currency="EUR"))
    assert ask(lake, "SELECT currency, revenue FROM events ORDER BY 1").rows() == [("EUR", 5), ("JPY", 500)]


def test_money_keeps_three_decimals_where_the_workspace_counts_so(lake: Lake) -> None:
    run(lake, "UPDATE workspaces SET currency = 'KWD' WHERE id = 1")
    lake.add(events(1, revenue=1234, currency="KWD"))
    assert ask(lake, "SELECT revenue FROM events").item() == Decimal("1.234")


def test_days_begin_in_the_zone_of_the_workspace(lake: Lake) -> None:
    run(lake, "UPDATE workspaces SET zone = 'Asia/Almaty' WHERE id = 1")
    lake.add(events(1, at=datetime(2026, 3, 14, 20, tzinfo=UTC)))
    assert str(ask(lake, "SELECT at::date FROM events").item()) == "2026-03-15"


def test_an_identity_that_moved_brings_its_events_along(lake: Lake) -> None:
    lake.add(events(2, identity_id=7, profile_id=70), events(3, start=2, identity_id=8, profile_id=80))
    lake.enqueue(events(1, start=5, identity_id=7, profile_id=70))
    run(
        lake,
        "INSERT INTO identities (workspace_id, id, kind, value, profile_id, first_seen_at)"
        " VALUES (1, 7, 'anonymous_id', 'a', 80, now()), (1, 8, 'user_id', 'u', 80, now())",
        "INSERT INTO identity_moves (workspace_id, identity_id, from_profile, to_profile, reason, at)"
        " VALUES (1, 7, 70, 80, 'merge', now())",
    )
    assert ask(lake, "SELECT profile_id, count(*) FROM events GROUP BY ALL").rows() == [(80, 6)]


def test_another_workspace_is_not_seen(lake: Lake) -> None:
    lake.add(events(3), events(4, start=3, workspace_id=2))
    assert ask(lake, "SELECT count(*) FROM events").item() == 3
    with pytest.raises(NotFound, match="no workspace 9"):
        query(lake.database, lake.data, "SELECT 1", workspace_id=WorkspaceId(9))


# ── people of today ──────────────────────────────────────────────────────────
def test_profiles_are_read_live(lake: Lake) -> None:
    run(
        lake,
        "INSERT INTO profiles (workspace_id, id, known, email, traits, first_seen_at, last_seen_at, merged_into)"
        """ VALUES (1, 1, true, 'a@example.org', '{"city": "Алматы", "note": "a,\\nb"}',"""
        " '2026-01-01Z', '2026-02-01Z', NULL),"
        " (1, 2, false, NULL, '{}', '2026-01-01Z', '2026-02-01Z', NULL),"
        " (1, 3, true, 'gone@example.org', '{}', '2026-01-01Z', '2026-02-01Z', 1),"
        " (2, 4, true, 'else@example.org', '{}', '2026-01-01Z', '2026-02-01Z', NULL)",
    )
    found = ask(
        lake, "SELECT id, known, email, traits->>'city', traits->>'note', first_seen_at FROM profiles ORDER BY id"
    )
    began = datetime(2026, 1, 1, tzinfo=UTC)
    assert found.rows() == [
        (1, True, "a@example.org", "Алматы", "a,\nb", began),
        (2, False, None, None, None, began),
    ]


def test_orders_tell_money_in_major_units(lake: Lake) -> None:
    run(
        lake,
        "INSERT INTO orders"
        " (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue, currency, lines)"
        " VALUES (1, 'a', 1, 1, 'completed', now(), now(), 1899, 'EUR', '[{\"quantity\": 2}]'),"
        " (1, 'b', 1, 1, 'cancelled', now(), now(), 500, 'JPY', '[]')",
    )
    found = ask(lake, "SELECT id, revenue, net, lines->0->>'quantity' FROM orders ORDER BY id")
    assert found.rows() == [("a", Decimal("18.99"), Decimal("18.99"), "2"), ("b", Decimal(500), Decimal(0), None)]


def test_messages_know_their_journey_and_why(lake: Lake) -> None:
    run(
        lake,
        "INSERT INTO definitions (workspace_id, kind, key, version, state, updated_at)"
        " VALUES (1, 'journey', 'welcome', 1, 'live', now())",
        "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
        " reason, created_at, not_before)"
        " SELECT 1, 1, 1, id, 'steps.0', 'email', 'hello', 'marketing', 'withheld', 'no_consent', now(), now()"
        " FROM definitions",
    )
    found = ask(lake, "SELECT journey, template, state, reason, sent_at FROM messages")
    assert found.rows() == [("welcome", "hello", "withheld", "no_consent", None)]


def test_orders_and_messages_follow_a_merged_person(lake: Lake) -> None:
    run(
        lake,
        "INSERT INTO profiles (workspace_id, id, known, first_seen_at, last_seen_at, merged_into)"
        " VALUES (1, 1, true, now(), now(), 2), (1, 2, true, now(), now(), 3), (1, 3, true, now(), now(), NULL)",
        "INSERT INTO identities (workspace_id, id, kind, value, profile_id, first_seen_at)"
        " VALUES (1, 7, 'user_id', 'u', 3, now())",
        "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, currency)"
        " VALUES (1, 'a', 7, 1, 'completed', now(), now(), 'EUR')",
        "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
        " created_at, not_before) SELECT 1, n, n, 1, 's', 'email', 't', 'marketing', 'sent', now(), now()"
        " FROM generate_series(1, 4) n",
    )
    assert ask(lake, "SELECT profile_id FROM orders").item() == 3
    assert ask(lake, "SELECT profile_id, count(*) FROM messages GROUP BY ALL ORDER BY 1").rows() == [(3, 3), (4, 1)]


def test_events_and_people_can_be_joined(lake: Lake) -> None:
    lake.add(events(10, profile_id=1))
    run(
        lake,
        "INSERT INTO profiles (workspace_id, id, known, email, first_seen_at, last_seen_at)"
        " VALUES (1, 1, true, 'a@example.org', now(), now())",
    )
    sql = "SELECT email, count(*) FROM Events e JOIN Profiles p ON p.id = e.profile_id GROUP BY ALL"
    assert ask(lake, sql).rows() == [("a@example.org", 10)]


def test_the_views_introduce_themselves(lake: Lake) -> None:
    assert ask(lake, "SHOW TABLES")["name"].to_list() == ["events", "messages", "orders", "profiles"]
    assert "first_seen_at" in ask(lake, "DESCRIBE profiles")["column_name"].to_list()


# ── answers ──────────────────────────────────────────────────────────────────
def test_columns_with_one_name_are_told_apart(lake: Lake) -> None:
    assert ask(lake, "SELECT 1 AS a, 2 AS a, 3 AS a_2").columns == ["a", "a_2", "a_2_2"]


def test_spans_of_time_are_text(lake: Lake) -> None:
    lake.add(events(31))
    assert ask(lake, "SELECT max(at) - min(at) AS span FROM events").rows() == [("00:30:00",)]


def test_the_order_asked_for_is_kept(lake: Lake) -> None:
    lake.add(events(500))
    found = ask(lake, "SELECT at, at - INTERVAL 1 DAY AS before, now() - at AS age FROM events ORDER BY at DESC")
    assert found["at"].is_sorted(descending=True)
    assert found.height == 500


# ── refusals ─────────────────────────────────────────────────────────────────
MISTAKES = (
    ("SELECT event,\n  nope FROM events", "nope", "line 2, column 3"),
    ("SELECT at, min(at) FROM events WHERE nope = 1", "nope", "line 1, column 38"),
    ("SELECT 1 FROM events WHERE " + "event = 'x' AND " * 20 + "nope", "nope", "line 1, column 348"),
    ("SELECT * FROM people", "There are events, profiles, orders and messages", "line 1, column 15"),
    ("SELECT error('stop') FROM events", "stop", None),
    ("SELECT event::int FROM events", "convert", "line 1, column 13"),
)
SECRETS = (
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "SELECT * FROM lake",
    "SELECT * FROM query('COPY (SELECT 1) TO ''/tmp/x''')",
)


def test_a_mistake_is_told_with_its_place(lake: Lake) -> None:
    lake.add(events(3))
    for sql, sentence, place in MISTAKES:
        with pytest.raises(Malformed, match=sentence) as refusal:
            ask(lake, sql)
        assert refusal.value.path == place
        assert "Error:" not in refusal.value.sentence


def test_nothing_but_the_lake_can_be_opened(lake: Lake) -> None:
    lake.add(events(1))
    for sql in SECRETS:
        with pytest.raises(HourglassError):
            ask(lake, sql)


def test_a_write_is_refused_and_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    lake.add(events(3))
    for sql in (f"COPY events TO '{tmp_path}/stolen.csv'", "DELETE FROM events"):
        with pytest.raises(Malformed, match="Nothing can be changed"):
            ask(lake, sql)
    assert ask(lake, "SELECT count(*) FROM events").item() == 3
    assert not (tmp_path / "stolen.csv").exists()


def test_too_large_an_answer_is_refused_not_fatal(lake: Lake) -> None:
    lake.add(events(10))
    sql = "SELECT list(a.message_id || b.message_id) FROM range(3000) t(i), range(3000) u(j), events a, events b"
    with pytest.raises(Malformed, match=r"(?i)memory"):
        query(lake.database, lake.data, sql, limits=Limits(memory="50MB"))


def test_a_file_that_goes_away_is_a_reason_to_ask_again(lake: Lake) -> None:
    lake.add(events(3))
    for path in lake.folder.glob("month=*/*.parquet"):
        path.unlink()
    with pytest.raises(LakeRewritten, match="ask again"):
        ask(lake, "SELECT sum(revenue) FROM events")


def test_without_the_database_it_says_so(lake: Lake) -> None:
    from hourglass.postgres import Database

    away = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable, match="database is not available"):
        query(away, lake.data, "SELECT count(*) FROM events")
