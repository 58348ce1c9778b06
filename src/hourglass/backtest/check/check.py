"""Holds a journey against live data: what is missing, what was probably not meant, how many people to expect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.audience import SEGMENT
from hourglass.backtest.check.graph import graph_todos
from hourglass.backtest.check.todo import Todo, todo
from hourglass.backtest.check.traffic import Traffic, traffic_of, traffic_todos
from hourglass.backtest.walk import texts_in
from hourglass.definitions import Definition, Document, Kinds, live
from hourglass.journeys import JOURNEY, Journey, read_journey
from hourglass.kernel import Workspace
from hourglass.messages import TEMPLATE
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("check.sql"))
_LATELY = timedelta(days=30)
_VARIABLE = re.compile(r"\bevent\.([a-z_][a-z0-9_]*)")
_ALWAYS = {"name", "at", "properties"}
_ORDER = {"must": 0, "should": 1, "know": 2}


class Checked(Struct, frozen=True, kw_only=True):
    """`ready`: nothing stands in the way of a launch. The list has what matters most first."""

    ready: bool
    todos: list[Todo]


def check(tx: Transaction, workspace: Workspace, document: Document, *, kinds: Kinds, now: datetime) -> Checked:
    """A journey that can be read; otherwise Malformed with the place, as when it is saved."""
    kinds.check(document)
    journey = read_journey(document)
    event = _entry_event(document)
    traffic = traffic_of(tx, workspace, _awaited(journey, event), now - _LATELY, now)
    found = [
        *_named(tx, workspace, document, traffic),
        *_segments(tx, workspace, document),
        *graph_todos(journey),
        *_templates(tx, workspace, journey, event, now),
        *_collisions(tx, workspace, document),
        *traffic_todos(tx, workspace, journey, event, traffic, now),
    ]
    found = list({(one.code, one.path, one.words["en"]): one for one in found}.values())
    found.sort(key=lambda one: _ORDER[one.weight])
    return Checked(ready=all(one.weight != "must" for one in found), todos=found)


def _entry_event(document: Document) -> str | None:
    entry = document.get("entry")
    event = entry.get("event") if isinstance(entry, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return event if isinstance(event, str) else None


def _awaited(journey: Journey, event: str | None) -> set[str]:
    return journey.program.awaited | ({event} if event else set())


def _named(tx: Transaction, workspace: Workspace, document: Document, traffic: Traffic) -> Iterator[Todo]:
    """Names that stand nowhere in the data; those of events that people wait for are told by the traffic."""
    if SEGMENT.doubts is None:
        return
    for doubt in SEGMENT.doubts(tx, workspace.id, document):
        if any(f"“{event}” has come" in doubt.message for event in traffic.events):
            continue
        names = ", ".join(f"«{name}»" for name in re.findall("“([^”]+)”", doubt.message)[-1:])
        near = f" Known: {', '.join(doubt.near)}." if doubt.near else ""
        near_ru = f" Похоже: {', '.join(doubt.near)}." if doubt.near else ""
        yield todo("should", "unknown_name", doubt.path, message=doubt.message, names=names, near=near, near_ru=near_ru)


def _segments(tx: Transaction, workspace: Workspace, document: Document) -> Iterator[Todo]:
    known = {found.key for found in live(tx, workspace.id, SEGMENT.name)}
    entry = document.get("entry")
    wanted = entry.get("segment") if isinstance(entry, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if isinstance(wanted, str) and wanted not in known:
        yield todo("must", "segment_missing", "entry.segment", segment=wanted)


def _templates(
    tx: Transaction, workspace: Workspace, journey: Journey, event: str | None, now: datetime
) -> Iterator[Todo]:
    known = {found.key: found for found in live(tx, workspace.id, TEMPLATE.name)}
    place = {"workspace_id": workspace.id, "event": event, "since": now - _LATELY}
    carried = {row[0] for row in _queries.tuples(tx, "properties", **place)} if event else set[str]()
    for path, node in journey.program.nodes.items():
        template, channel = getattr(node.step, "template", None), getattr(node.step, "channel", None)
        if not isinstance(template, str):
            continue
        found = known.get(template)
        if found is None:
            yield todo("must", "template_missing", path, template=template)
            continue
        its = str(found.body.get("channel", "email"))
        if isinstance(channel, str) and its != channel:
            yield todo("should", "template_channel", path, template=template, its=its, channel=channel)
        if carried:
            for variable in sorted(_variables(found) - carried - _ALWAYS):
                yield todo("should", "template_variable", path, template=template, variable=variable, event=event)


def _variables(template: Definition) -> set[str]:
    return {name for text in texts_in(template.body) for name in _VARIABLE.findall(text)}


def _collisions(tx: Transaction, workspace: Workspace, document: Document) -> Iterator[Todo]:
    """Other live journeys that begin by the same event or segment."""
    for other in live(tx, workspace.id, JOURNEY.name):
        if other.key != document.get("key") and _by(other.body) == _by(document) != (None, None):
            yield todo("know", "collision", "entry", name=other.name)


def _by(document: Document) -> tuple[str | None, str | None]:
    entry = document.get("entry")
    if not isinstance(entry, dict):
        return None, None
    return entry.get("event"), entry.get("segment")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
