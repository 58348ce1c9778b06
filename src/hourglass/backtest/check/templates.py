"""The templates that a journey sends: whether they are there, for that channel, and know what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hourglass.backtest.check.references import properties_named
from hourglass.backtest.check.todo import Todo, todo
from hourglass.channels import discover
from hourglass.definitions import Definition, live
from hourglass.journeys import Journey, sendings, texts_in
from hourglass.kernel import WorkspaceId
from hourglass.messages import TEMPLATE
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("check.sql"))
_VARIABLE = re.compile(r"\bevent\.([a-z_][a-z0-9_]*)")
_ALWAYS = {"name", "at", "properties"}
PAGES = 600
"""So many of the newest pages of the hot history are looked at: some milliseconds, however long it is."""


def template_todos(tx: Transaction, workspace_id: WorkspaceId, journey: Journey) -> Iterator[Todo]:
    """In the order of the steps; first what steps themselves ask of the entry event, and it does not carry."""
    known = {found.key: found for found in live(tx, workspace_id, TEMPLATE.name)}
    event = journey.entry.event
    place = {"workspace_id": workspace_id, "event": event, "pages": PAGES}
    carried = {row[0] for row in _queries.tuples(tx, "properties", **place)} if event else set[str]()
    for path, name in properties_named(journey) if carried else ():
        if name not in carried:
            yield todo("should", "not_carried", path, property=name, event=event)
    wanted = [(path, *one) for path, node in journey.program.nodes.items() for one in sendings(node.step)]
    for path, channel, template in wanted:
        found = known.get(template)
        if found is None:
            yield todo("must", "template_missing", path, template=template)
            continue
        its = str(found.body.get("channel", "email"))
        if its != channel and channel in {manifest.channel for manifest in discover().values()}:
            yield todo("should", "template_channel", path, template=template, its=its, channel=channel)
        if carried:
            for variable in sorted(_variables(found) - carried - _ALWAYS):
                yield todo("should", "template_variable", path, template=template, variable=variable, event=event)


def _variables(template: Definition) -> set[str]:
    return {name for text in texts_in(template.body) for name in _VARIABLE.findall(text)}
