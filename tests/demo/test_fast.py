"""The fast demo from end to end, as CI runs it: what it leaves behind is what the data says."""

from __future__ import annotations

import csv
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from tests.demo.facts import facts

pytestmark = pytest.mark.timeout(300)

# The last month and hour of the data, by the clock of London in winter.
SINCE = datetime(2011, 12, 9, 12, 50) - timedelta(days=30, hours=1)  # noqa: DTZ001 - wall time, as the file has it

# What simulated readers of letters bought.
OF_READERS = "starts_with(id, 'letter-')"


def hourglass(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "hourglass.cli", *words], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def demo(data: Path) -> str:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    return hourglass("demo", "--fast", "--until-caught-up", "--rate", "1200", "--data", str(data), "--port", str(port))


def ask(data: Path, sql: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in csv.reader(StringIO(hourglass("query", sql, "--data", str(data), "--csv")))][1:]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("demo")
    assert "up to the present" in demo(data)
    return data


def test_orders_are_those_of_the_file(played: Path) -> None:
    known = facts(since=SINCE)
    counted = ask(played, f"SELECT count(*), sum(revenue) FROM orders WHERE NOT {OF_READERS}")
    assert counted == [(str(known.orders), f"{known.revenue_pence / 100:.2f}")]


def test_cancellations_are_those_of_the_file(played: Path) -> None:
    refunds = "event IN ('Order Refunded', 'Order Cancelled')"
    sql = f"SELECT count(DISTINCT json_extract_string(properties, '$.refund_id')) FROM events WHERE {refunds}"
    assert ask(played, sql) == [(str(facts(since=SINCE).cancellations),)]


def test_history_sends_nothing_and_the_hour_sends_something(played: Path) -> None:
    (sent, about_history) = ask(
        played,
        "SELECT count(*) FILTER (WHERE m.state = 'sent'), count(*) FILTER (WHERE m.created_at < e.first) "
        "FROM messages m, (SELECT min(at) AS first FROM events WHERE NOT historical) e",
    )[0]
    assert int(sent) > 0
    assert about_history == "0"


def test_starting_again_repeats_nothing(played: Path) -> None:
    before = ask(played, "SELECT count(*), count(DISTINCT message_id) FROM events")
    demo(played)
    assert ask(played, f"SELECT count(*) FROM orders WHERE NOT {OF_READERS}") == [(str(facts(since=SINCE).orders),)]
    after = ask(played, "SELECT count(*), count(DISTINCT message_id) FROM events")
    assert int(after[0][0]) >= int(before[0][0])
    assert after[0][0] == after[0][1]
