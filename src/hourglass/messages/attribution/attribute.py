"""Credits orders to the last message that touched the person before, all orders of some days with one statement."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hourglass.kernel import Malformed, Workspace
from hourglass.messages.attribution.rules import Rules, read_rules
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("attribution.sql"))
_OLDEST = timedelta(days=90)
"""An order is not credited to a message made longer ago, whenever that was opened."""


def attribute(tx: Transaction, workspace: Workspace, since: datetime, now: datetime) -> int:
    """Decide again about every order made since then; how many changed.

    Late news (an open told hours later, a visitor who turned out to be a customer) is thus heeded by repeating it.
    """
    rules = attribution_rules(workspace)
    names = sorted(rules)
    return _queries.execute(
        tx,
        "attribute",
        workspace_id=workspace.id,
        since=since,
        now=now,
        oldest=_OLDEST,
        channels=names,
        touches=[rules[name].touch for name in names],
        seconds=[rules[name].span.total_seconds() for name in names],
    )


def attribution_rules(workspace: Workspace) -> Rules:
    """The workspace's rules; a setting that cannot be read does not stop the counting."""
    try:
        return read_rules(workspace.settings)
    except Malformed:
        return read_rules({})
