"""An orderly stop finishes what was begun, and the next start goes on where it was."""

from __future__ import annotations

from tests.crash.books import settle
from tests.crash.conftest import Tell
from tests.crash.crowd import Crowd
from tests.live import Live
from tests.mailbox import Mailbox
from tests.waiting import until


def test_sigterm_under_load_drains_and_the_next_start_goes_on(live: Live, mailbox: Mailbox, tell: Tell) -> None:
    with Crowd(live, seed=1) as crowd:
        until(lambda: len(mailbox.mails) > 5, 60)
        assert live.stop() == 0
        assert live.pids() == {}
        assert list((live.data / "delivery").glob("*.journal")) == [], "no message is in doubt"
        before = crowd.progress()
        live.start()  # by now some waits have fallen due
        until(lambda: crowd.progress() > before + 100, 60)
    counts = settle(live, crowd, mailbox)
    assert set(counts["messages"]) == {"sent"}
    tell(counts)


def test_a_killed_supervisor_is_followed_by_the_next_one(live: Live, mailbox: Mailbox) -> None:
    with Crowd(live, seed=3) as crowd:
        until(lambda: len(mailbox.mails) > 5, 60)
        live.kill("supervisor")
        until(lambda: live.ended, 10)
        before = crowd.progress()
        live.start()
        until(lambda: crowd.progress() > before + 100, 60)
    settle(live, crowd, mailbox)
