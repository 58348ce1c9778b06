"""A campaign to many people, each mail made and signed for its reader, while single letters go on beside it.

Delivery runs as it does in production: two processes, one for each core of the machine the budgets are for.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.delivery import PEOPLE
from bench.made_mails import send_made
from bench.mail import signatures_a_second
from bench.processes import cpu_of
from bench.ready_mails import CONNECTIONS, send_ready
from bench.row import Row, percentile
from bench.smtp_sink import Sink, smtp_sink
from bench.spent import spent
from hourglass import campaigns, definitions
from hourglass.audience import SEGMENT
from hourglass.campaigns import CAMPAIGN, Campaigns
from hourglass.channels import create_keys
from hourglass.definitions import Kinds
from hourglass.kernel import ProfileId, RunId, Settings, SystemClock, WorkspaceId
from hourglass.messages import TEMPLATE, OutboxRow, enqueue
from hourglass.postgres import Database, EmbeddedServer, find_workspace, migrate
from hourglass.supervisor import pack_settings

SHOP = WorkspaceId(1)
_LETTERS_A_SECOND = 5
_WORKERS = 2
_LETTER = """
<mjml><mj-head><mj-preview>New in {{ profile.city }}</mj-preview></mj-head><mj-body background-color="#f4eee4">
<mj-section><mj-column><mj-text font-size="14px">{{ shop.name }}</mj-text></mj-column></mj-section>
<mj-section background-color="#ffffff"><mj-column>
<mj-text font-size="24px">{{ profile.firstName | default: "Hello" }}, picked for you</mj-text>
{% for line in cart.lines limit: 3 %}
<mj-image width="200px" src="https://shop.example.com/i/{{ line.product_id }}.jpg" alt="{{ line.name }}" href="https://shop.example.com/p/{{ line.product_id }}"></mj-image>
<mj-text>{{ line.name }}: {{ line.price | money }}</mj-text>
<mj-button href="https://shop.example.com/p/{{ line.product_id }}?from=letter">Have a look</mj-button>
{% endfor %}
<mj-text><a href="https://shop.example.com/help">Help</a></mj-text></mj-column></mj-section>
<mj-section><mj-column><mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text></mj-column></mj-section>
</mj-body></mjml>
"""  # noqa: E501
_WAITS = b"""
SELECT extract(epoch FROM sent_at - created_at)::float8 * 1000 FROM messages WHERE run_id < 0 AND sent_at IS NOT NULL
"""
_MEMBERS = b"INSERT INTO segment_members SELECT 1, %s, id, now() FROM profiles"
_DOCUMENTS: tuple[dict[str, Any], ...] = (
    {"kind": "template", "key": "letter", "subject": "{{ profile.firstName }}, new this week", "mjml": _LETTER},
    {"kind": "template", "key": "receipt", "subject": "Thank you", "html": "<p>Thank you, {{ profile.firstName }}</p>"},
    {"kind": "segment", "key": "everybody", "list": True},
    {"kind": "campaign", "key": "weekly", "segment": "everybody", "channel": "email", "template": "letter"},
)


def run(size: str) -> list[Row]:
    """Mails a second from the word “send” to the last one taken, and how long a single letter takes meanwhile."""
    people = 10_000 if size == "small" else 100_000
    with tempfile.TemporaryDirectory(prefix="hourglass-bench-") as folder, smtp_sink() as sink:
        data = Path(folder)
        with EmbeddedServer(data) as server:
            migrate(server.url)
            database = Database(server.url)
            settings = Settings(
                data=data, smtp_url=sink.url, mail_from="Bazaar <shop@bazaar.example>", database_url=server.url
            )
            create_keys(settings.mail_folder(), "bazaar.example", SystemClock().now())
            _populate(database, people)
            with _delivering(settings) as workers:
                started, before = time.perf_counter(), _cpu(database, workers)
                memory = _send(database, settings, sink, people, workers)
                wall, cpu = time.perf_counter() - started, _cpu(database, workers) - before
            waits = _waits(database)
            mail = sink.longest()
            limit = send_ready(sink, mail, people, processes=_WORKERS)
            making = send_made(sink, settings, "letter", _WORKERS)
            standing = _standing(database)
            database.close()
    assert (standing.state, standing.sent) == ("finished", people), standing
    cost: dict[str, Any] = {"wall_s": wall, "cpu_s": cpu, "peak_mb": max(memory)}
    grown = f"{memory[len(memory) // 10]:.0f} MB after a tenth, {memory[-1]:.0f} MB at the end"
    return [
        Row(
            name="campaign",
            ours=people / wall,
            limit=limit,
            unit="mails/s",
            **cost,
            note=f"{people:,} mails of {len(mail) // 1024} KB, MJML, links, two signatures, {_WORKERS} workers;"
            f" {people / cpu:,.0f} a CPU second of workers and PostgreSQL together; {grown};"
            f" limit: bare loop with one of them, made and signed before, over {_WORKERS} x {CONNECTIONS} connections;"
            f" signing alone: {_WORKERS * signatures_a_second():,.0f}/s of {_WORKERS} cores",
        ),
        Row(
            name="campaign_made",
            ours=people / wall,
            limit=making,
            unit="mails/s",
            **cost,
            note="the same; limit: bare loop that makes and signs each mail, its facts in memory, over as many"
            " connections; nothing is claimed, judged or recorded",
        ),
        Row(
            name="campaign_beside",
            ours=percentile(waits, 0.99),
            limit=1000,
            unit="ms (p99)",
            p50=percentile(waits, 0.5),
            **cost,
            note=f"{len(waits)} single letters, {_LETTERS_A_SECOND} a second, from outbox to server; limit: the budget",
        ),
    ]


def _populate(database: Database, people: int) -> None:
    now = SystemClock().now()
    with database.transaction() as tx:
        for statement in PEOPLE.split(";\n"):
            used = {name: value for name, value in (("now", now), ("people", people)) if f"%({name})s" in statement}
            tx.execute(statement.encode(), used)
        for document in _DOCUMENTS:
            definitions.put(tx, SHOP, document, kinds=_KINDS, author="bench", now=now)
        tx.execute(_MEMBERS, [definitions.find(tx, SHOP, "segment", "everybody").id])


_KINDS = Kinds([CAMPAIGN, SEGMENT, TEMPLATE])


@contextmanager
def _delivering(settings: Settings) -> Generator[list[int]]:
    """Delivery processes at work; their ids."""
    command = [sys.executable, "-m", "hourglass.cli", "serve-role"]
    workers = [subprocess.Popen([*command, f"delivery:{number}"], stdin=subprocess.PIPE) for number in range(_WORKERS)]
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(pack_settings(settings))
        worker.stdin.close()
    try:
        _await_workers(settings)
        yield [worker.pid for worker in workers]
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait()


def _await_workers(settings: Settings) -> None:
    """Each keeps a journal from its first moment on."""
    deadline = time.monotonic() + 60
    while len(list((settings.data / "delivery").glob("*.journal"))) < _WORKERS:
        assert time.monotonic() < deadline, "the workers do not start"
        time.sleep(0.05)


def _send(database: Database, settings: Settings, sink: Sink, people: int, workers: Sequence[int]) -> list[float]:
    """Send, and wait; the memory of the workers, in MB, four times a second."""
    clock, stopping = SystemClock(), threading.Event()
    beside = threading.Thread(target=Campaigns(database, clock, settings).run, args=(stopping,))
    letters = threading.Thread(target=_letters, args=(database, stopping))
    with database.transaction() as tx:
        campaigns.send(tx, find_workspace(tx), "weekly", "bench", clock.now())
    for thread in (beside, letters):
        thread.start()
    memory: list[float] = []
    deadline = time.monotonic() + 600
    while _state(database) != "finished":
        assert time.monotonic() < deadline, "the campaign does not end"
        memory.append(sum(_resident(worker) for worker in workers))
        time.sleep(0.25)
    stopping.set()
    for thread in (beside, letters):
        thread.join()
    assert sink.taken() >= people, sink.taken()
    return memory


def _letters(database: Database, stop: threading.Event) -> None:
    """Single letters at a steady pace, as a journey would queue them."""
    number = 0
    while not stop.wait(1 / _LETTERS_A_SECOND):
        number += 1
        now = SystemClock().now()
        with database.transaction() as tx:
            enqueue(tx, [_letter(number, now)])


def _letter(number: int, now: Any) -> OutboxRow:
    return OutboxRow(
        workspace_id=SHOP,
        profile_id=ProfileId(number),
        run_id=RunId(-number),
        journey_id=0,
        step="steps[0]",
        channel="email",
        template="receipt",
        topic="orders",
        message_class="transactional",
        facts={},
        created_at=now,
        not_before=now,
    )


def _waits(database: Database) -> list[float]:
    with database.transaction() as tx:
        return [row[0] for row in tx.execute(_WAITS)]


def _cpu(database: Database, workers: Sequence[int]) -> float:
    """CPU seconds of the workers, of PostgreSQL and of this process."""
    return spent(database) + sum(cpu_of(worker) for worker in workers)


def _state(database: Database) -> str:
    with database.transaction() as tx:
        return campaigns.last_send(tx, SHOP, "weekly").state


def _standing(database: Database) -> campaigns.CampaignStanding:
    with database.transaction() as tx:
        return campaigns.standing_of(tx, find_workspace(tx), "weekly", SystemClock().now())


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20
