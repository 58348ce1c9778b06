"""The demo says when something went wrong behind its back."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from hourglass.demo.say import Say
from hourglass.demo.settle import settle, what_failed
from hourglass.events import Dropped
from hourglass.kernel import WorkspaceId
from hourglass.log import bury
from hourglass.postgres import Database
from tests.demo.conftest import END

ONE = WorkspaceId(1)


def test_an_empty_log_is_settled_at_once(database: Database) -> None:
    shown = StringIO()
    settle(database, Say(Console(file=shown)), "History")
    assert shown.getvalue() == ""


def test_dead_letters_are_told_with_their_reason(database: Database) -> None:
    assert what_failed(database, ONE) is None
    with database.transaction() as tx:
        bury(tx, ONE, [Dropped(envelope=b"{}", reason="failed", detail="The moon was full.")], END)
    assert "The moon was full." in (what_failed(database, ONE) or "")


def test_links_are_never_cut() -> None:
    shown = StringIO()
    link = "http://127.0.0.1:8400/login?token=" + "x" * 90
    Say(Console(file=shown, width=60)).links(link, "http://127.0.0.1:8400/inbox")
    assert link in shown.getvalue()
