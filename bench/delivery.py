"""Messages already in the outbox → mails at the server, beside a bare loop that sends the same mails ready-made."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from bench.ready_mails import ABOUT_TEN_KB, CONNECTIONS, send_ready
from bench.row import Row, metered
from bench.smtp_sink import Sink, smtp_sink
from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import FixedClock, ProfileId, RunId, Settings, WorkspaceId
from hourglass.messages import TEMPLATE, OutboxRow, enqueue
from hourglass.messages import run as deliver
from hourglass.postgres import Database, EmbeddedServer, migrate

T = TypeVar("T")
SHOP = WorkspaceId(1)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

_LETTER = """
<mjml><mj-body background-color="#f4eee4">
<mj-section><mj-column><mj-text font-size="14px">{{ shop.name }}</mj-text></mj-column></mj-section>
<mj-section background-color="#ffffff"><mj-column>
<mj-text font-size="24px">{{ profile.firstName | default: "there" }}, your cart is waiting</mj-text>
<mj-table>{% for line in cart.lines limit: 6 %}<tr><td>{{ line.name }}</td><td>{{ line.quantity }} × {{ line.price | money }}</td></tr>{% endfor %}</mj-table>
<mj-button href="https://shop.example.com/cart?id={{ cart.id }}">Back to my cart</mj-button>
<mj-text><a href="https://shop.example.com/help">Help</a></mj-text></mj-column></mj-section>
<mj-section><mj-column><mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text></mj-column></mj-section>
</mj-body></mjml>
"""  # noqa: E501
PEOPLE = """
INSERT INTO profiles (workspace_id, id, known, email, traits, first_seen_at, last_seen_at)
SELECT 1, n, true, 'p' || n || '@example.com', jsonb_build_object('firstName', 'Anna ' || n), %(now)s, %(now)s
FROM generate_series(1, %(people)s) AS n;
INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at)
SELECT 1, 'user_id', 'u' || n, n, %(now)s FROM generate_series(1, %(people)s) AS n;
INSERT INTO consents (workspace_id, profile_id, channel, topic, granted, at, source)
SELECT 1, n, 'email', 'news', true, %(now)s, 'bench' FROM generate_series(1, %(people)s) AS n;
INSERT INTO products (workspace_id, id, name, price, updated_at)
SELECT 1, 'sku' || n, 'Product number ' || n, 995 + n, %(now)s FROM generate_series(0, 499) AS n;
INSERT INTO carts (workspace_id, id, identity_id, profile_id, state, lines, value, currency, opened_at, updated_at)
SELECT 1, 'cart' || n, n, n, 'open', jsonb_build_array(
    jsonb_build_object('product_id', 'sku' || n %% 500, 'quantity', 2, 'price', 1995),
    jsonb_build_object('product_id', 'sku' || n * 7 %% 500, 'quantity', 1),
    jsonb_build_object('product_id', 'sku' || n * 13 %% 500, 'quantity', 3)), 3990, 'EUR', %(now)s, %(now)s
FROM generate_series(1, %(people)s) AS n;
ANALYZE
"""


def run(size: str) -> list[Row]:
    """Mails a second, gate, facts, rendering and records included."""
    people = 3_000 if size == "small" else 20_000
    with tempfile.TemporaryDirectory(prefix="hourglass-bench-") as folder, smtp_sink() as sink:
        data = Path(folder)
        with EmbeddedServer(data) as server:
            migrate(server.url)
            database = Database(server.url)
            _populate(database, people)
            settings = Settings(data=data, smtp_url=sink.url, mail_from="Bazaar <shop@bazaar.example>")
            with metered() as meter:
                run_on_loop(_ours(database, settings, sink, people))
            limit = send_ready(sink, ABOUT_TEN_KB, people)
            states = _states(database)
            database.close()
    assert states == {"sent": people}, states
    return [
        Row(
            name="delivery",
            ours=people / meter.wall_s,
            limit=limit,
            unit="mails/s",
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note=f"{people:,} queued cart mails with three lines; limit: bare loop over {CONNECTIONS} connections",
        )
    ]


def run_on_loop(work: Coroutine[Any, Any, T]) -> T:
    """On the event loop that the roles use."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def _populate(database: Database, people: int) -> None:
    document: dict[str, Any] = {
        "kind": "template",
        "key": "cart",
        "subject": "{{ profile.firstName }}, your cart",
        "mjml": _LETTER,
    }
    with database.transaction() as tx:
        for statement in PEOPLE.split(";\n"):
            used = {name: value for name, value in (("now", NOW), ("people", people)) if f"%({name})s" in statement}
            tx.execute(statement.encode(), used)
        definitions.put(tx, SHOP, document, kinds=Kinds([TEMPLATE]), author="bench", now=NOW)
        enqueue(tx, [_row(number) for number in range(1, people + 1)])


def _row(number: int) -> OutboxRow:
    return OutboxRow(
        workspace_id=SHOP,
        profile_id=ProfileId(number),
        run_id=RunId(number),
        journey_id=1,
        step="steps[0]",
        channel="email",
        template="cart",
        topic="news",
        message_class="marketing",
        facts={"event": "Product Added", "properties": {"cart_id": f"cart{number}"}},
        created_at=NOW,
        not_before=NOW,
    )


async def _ours(database: Database, settings: Settings, sink: Sink, people: int) -> None:
    stop = asyncio.Event()
    worker = asyncio.create_task(deliver(database, FixedClock(NOW), settings, stop))
    while await asyncio.to_thread(sink.taken) < people:
        await asyncio.sleep(0.02)
    stop.set()
    await worker


def _states(database: Database) -> dict[str, int]:
    with database.transaction() as tx:
        return dict(tx.execute(b"SELECT state, count(*) FROM messages GROUP BY state").fetchall())
