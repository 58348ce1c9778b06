"""What is known after a worker was killed: each test stops one at a chosen moment and lets another take over."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from hourglass.channels import Outcome, Outgoing, Receipt
from hourglass.kernel import FixedClock, Settings
from hourglass.messages.delivery.attempts import Patience
from hourglass.messages.delivery.journal import Journal, living, orphans
from hourglass.messages.delivery.recovery import mend
from hourglass.messages.delivery.run import Delivery
from hourglass.messages.outbox.claim import claim
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, Shop, until

ACCEPTED = Receipt(outcome=Outcome.ACCEPTED, provider_id="abc", detail="250 Fine")
REFUSED = Receipt(outcome=Outcome.REFUSED_PERMANENT, detail="550 No", invalid_address=True)


class Ghost:
    """A worker that claimed some messages, got so far, and was killed."""

    def __init__(self, shop: Shop, data: Path, messages: int = 1) -> None:
        self.shop = shop
        self.folder = data / "delivery"
        self.worker = uuid4()
        self.ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(messages)]
        self.journal = Journal(self.folder, self.worker)
        with shop.database.transaction() as tx:
            assert len(claim(tx, self.worker, ["email"], 100, NOW)) == messages

    def die(self) -> None:
        """What SIGKILL does to it: its files stay, its locks go."""
        os.close(self.journal._handle)


def recover(shop: Shop, data: Path, now: timedelta = timedelta()) -> None:
    mend(shop.database, data / "delivery", ["email"], NOW + now, Settings(data=data), Patience(attempts=3))


def test_killed_before_anything_left_it_goes_back_to_the_queue(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data)
    ghost.die()
    recover(shop, data)
    row = shop.message(ghost.ids[0])
    assert (row["state"], row["reason"], row["attempts"]) == ("queued", "crashed_before_sending", 1)
    assert not list(ghost.folder.iterdir())


def test_killed_in_the_middle_of_a_hand_over_it_is_unknown(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data)
    ghost.journal.begin(ghost.ids)
    ghost.die()
    recover(shop, data)
    row = shop.message(ghost.ids[0])
    assert (row["state"], row["reason"]) == ("unknown", "crashed_while_sending")


def test_killed_after_the_answer_the_answer_counts(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data, messages=2)
    for id_, receipt in zip(ghost.ids, (ACCEPTED, REFUSED), strict=True):
        ghost.journal.begin([id_])
        ghost.journal.answer([id_], [receipt])
    ghost.die()
    recover(shop, data)
    sent, refused = (shop.message(id_) for id_ in ghost.ids)
    assert (sent["state"], sent["provider_id"], sent["sent_at"]) == ("sent", "abc", NOW)
    assert (refused["state"], refused["reason"]) == ("failed", "address_refused")
    assert [event["event"] for event in shop.events()] == ["Message Sent", "Message Bounced"]


def test_what_was_withheld_after_the_kill_is_known_to_have_left_all_the_same(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data, messages=3)
    ghost.journal.begin(ghost.ids[:1], "retry")
    ghost.journal.begin(ghost.ids[1:2])
    ghost.journal.answer(ghost.ids[1:2], [ACCEPTED])
    ghost.die()
    shop.run("UPDATE messages SET state = 'withheld', reason = 'campaign_cancelled'")
    recover(shop, data)
    assert [shop.message(id_)["state"] for id_ in ghost.ids] == ["unknown", "sent", "withheld"]


def test_recovering_twice_changes_nothing(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data)
    ghost.journal.begin(ghost.ids)
    ghost.journal.answer(ghost.ids, [ACCEPTED])
    ghost.die()
    recover(shop, data)
    recover(shop, data)
    assert len(shop.events()) == 1


def test_the_living_are_left_alone(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data)
    recover(shop, data, timedelta(days=1))
    assert shop.message(ghost.ids[0])["state"] == "claimed"
    assert living(ghost.folder) == [ghost.worker]


def test_after_a_crash_of_the_machine_silence_in_the_journal_means_nothing(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data, messages=2)
    ghost.journal.begin(ghost.ids[:1])
    ghost.journal.answer(ghost.ids[:1], [ACCEPTED])
    ghost.die()
    [path] = ghost.folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b'"boot":"', b'"boot":"other'))
    recover(shop, data)
    assert [shop.message(id_)["state"] for id_ in ghost.ids] == ["sent", "unknown"]


def test_a_line_that_was_cut_off_had_not_begun(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data)
    os.write(ghost.journal._handle, b'{"type":"begun","ids":[' + str(ghost.ids[0]).encode())
    ghost.die()
    recover(shop, data)
    assert shop.message(ghost.ids[0])["state"] == "queued"


def test_a_message_that_kills_every_worker_is_given_up(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data)
    shop.run("UPDATE messages SET attempts = 3")
    ghost.die()
    recover(shop, data)
    assert shop.message(ghost.ids[0])["reason"] == "crashed_too_often"


def test_messages_of_a_worker_on_another_machine_become_unknown_after_the_lease(shop: Shop, data: Path) -> None:
    ghost = Ghost(shop, data)
    ghost.die()
    next(ghost.folder.iterdir()).unlink()
    recover(shop, data, timedelta(minutes=14))
    assert shop.message(ghost.ids[0])["state"] == "claimed"
    recover(shop, data, timedelta(minutes=16))
    assert shop.message(ghost.ids[0])["state"] == "unknown"


def test_a_journal_that_grew_large_can_be_cleared(tmp_path: Path) -> None:
    journal = Journal(tmp_path, UUID(int=7))
    receipt = Receipt(outcome=Outcome.ACCEPTED, detail="x" * 1000)
    while not journal.large:
        journal.begin(list(range(100)))
        journal.answer(list(range(100)), [receipt] * 100)
    journal.clear()
    assert not journal.large
    journal.begin([5])
    os.close(journal._handle)
    [(_, notes)] = orphans(tmp_path)
    assert (notes.worker, notes.begun, notes.answered, notes.complete) == (UUID(int=7), {5: "leave"}, {}, True)


@contextmanager
def room_for(path: Path, octets: int) -> Generator[None]:
    """A disk that has so many bytes left for this file; the system itself cuts the write off."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + octets, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full_disk(handle: int) -> Generator[None]:
    """A disk on which this open file finds no room at all."""
    kept, full = os.dup(handle), os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, handle)
    yield
    os.dup2(kept, handle)
    os.close(kept)
    os.close(full)


def test_half_a_note_is_taken_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path, UUID(int=7))
    with room_for(journal._path, octets=12), pytest.raises(OSError, match="No space left"):
        journal.begin([4])
    journal.begin([5])
    os.close(journal._handle)
    [(_, notes)] = orphans(tmp_path)
    assert notes.begun == {5: "leave"}


WORKER = """
import asyncio, sys
from pathlib import Path
from hourglass.kernel import Settings, SystemClock
from hourglass.messages import run
from hourglass.postgres import Database
url, data, port = sys.argv[1:]
settings = Settings(data=Path(data), smtp_url=f"smtp://127.0.0.1:{port}")
asyncio.run(run(Database(url), SystemClock(), settings, asyncio.Event()))
"""


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("number", "kills"), [(400, 12), pytest.param(20_000, 40, marks=pytest.mark.long)])
async def test_killed_at_random_nothing_is_lost_and_nothing_is_sent_twice(
    shop: Shop, data: Path, mta: Script, number: int, kills: int
) -> None:
    a_crowd_waits(shop, number)
    command = [sys.executable, "-c", WORKER, shop.database.url, str(data), str(mta.port)]
    for _ in range(kills):
        before = len(mta.mails)
        worker = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "src"})
        await until(lambda before=before: len(mta.mails) > before or not open_ones(shop, "queued"), 120)
        await asyncio.sleep(0.02 * (before % 5))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    worker = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "src"})
    await until(lambda: not open_ones(shop, "queued") and not open_ones(shop, "claimed"), 120 + number / 100)
    worker.kill()
    worker.wait()
    states = shop.states()
    got = [mail.rcpt_tos[0] for mail in mta.mails]
    assert len(got) == len(set(got)), "somebody got it twice"
    assert sum(states.values()) == number
    assert states["sent"] <= len(got) <= states["sent"] + states.get("unknown", 0)
    assert states.get("unknown", 0) <= 8 * kills, "at most one for each connection of each that was killed"


def open_ones(shop: Shop, state: str) -> bool:
    """Whether some are in this state; asked often, so by the index."""
    return bool(shop.run(f"SELECT 1 FROM messages WHERE state = '{state}' LIMIT 1"))


def a_crowd_waits(shop: Shop, number: int) -> None:
    """So many people, each with a letter that is due."""
    shop.run("INSERT INTO profiles (workspace_id, known, email, traits, first_seen_at, last_seen_at)"
             " SELECT 1, true, 'p' || g || '@customers.example', '{}', now(), now()"
             " FROM generate_series(1, %(number)s) g", number=number)  # fmt: skip
    shop.run("INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at)"
             " SELECT 1, 'user_id', 'u' || id, id, now() FROM profiles")  # fmt: skip
    shop.run("INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class,"
             " state, created_at, not_before) SELECT 1, id, id, 1, 'steps[0]', 'email', 'hello', 'transactional',"
             " 'queued', now(), now() FROM profiles")  # fmt: skip


class Stubborn:
    """Accepts everything at once."""

    parallel = 4
    batch = 1

    def __init__(self) -> None:
        self.sent: list[int] = []

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        self.sent += [message.id for message in messages]
        return [ACCEPTED for _ in messages]

    async def close(self) -> None:
        return None


async def test_what_cannot_be_noted_does_not_leave_until_there_is_room(shop: Shop, data: Path) -> None:
    sender, stop = Stubborn(), asyncio.Event()
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(10)]
    worker = Delivery(shop.database, FixedClock(NOW), Settings(data=data), {"email": sender})
    with full_disk(worker._journal._handle):
        task = asyncio.create_task(worker.run(stop))
        await until(lambda: bool(worker._dispatch.resting()) and shop.states() == {"queued": 10})
        assert sender.sent == []
    await until(lambda: shop.states() == {"sent": 10})
    assert sorted(sender.sent) == ids
    stop.set()
    await task


async def test_an_outage_of_postgresql_loses_no_outcome(shop: Shop, data: Path) -> None:
    sender, stop = Stubborn(), asyncio.Event()
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(50)]
    worker = Delivery(shop.database, FixedClock(NOW), Settings(data=data), {"email": sender}, batch=10)
    task = asyncio.create_task(worker.run(stop))
    for _ in range(5):
        await asyncio.sleep(0.02)
        shop.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    await until(lambda: shop.states() == {"sent": 50})
    assert sorted(sender.sent) == ids
    stop.set()
    await task
