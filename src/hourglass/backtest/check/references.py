"""What steps name and nobody has made: other journeys, codes, lists, connectors, secrets, channels, and facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from hourglass.audience import SEGMENT
from hourglass.backtest.check.todo import Todo, Weight, todo
from hourglass.channels import discover
from hourglass.connectors import CONNECTOR
from hourglass.definitions import Document, live
from hourglass.journeys import JOURNEY, Journey, Knows, Need, Node, inside, sendings
from hourglass.kernel import WorkspaceId
from hourglass.messages import TEMPLATE
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("references.sql"))
_STEPS, _ENTRY = "steps.", "entry.properties."
_MANY = 3


def reference_todos(tx: Transaction, workspace_id: WorkspaceId, document: Document, journey: Journey) -> Iterator[Todo]:
    """In the order of the steps; then what the entry names."""
    nodes = journey.program.nodes.values()
    needs = [(node.path, need) for node in nodes for need in node.step.needs()]
    known = {of: _known(tx, workspace_id, of) for of in {need.of for _, need in needs}}
    for path, need in needs:
        if need.key not in known[need.of] and need != Need("journey", journey.key):
            yield _missing("must", f"{need.of}_missing", path, need.key, known[need.of])
    for node in nodes:
        yield from _channels(node)
        yield from _facts(node, journey)
    yield from _named_by_entry(tx, workspace_id, document)


def _known(tx: Transaction, workspace_id: WorkspaceId, of: str) -> set[str]:
    match of:
        case "journey" | "connector":
            kind = JOURNEY.name if of == "journey" else CONNECTOR.name
            return {found.key for found in live(tx, workspace_id, kind)}
        case "list":
            return {found.key for found in live(tx, workspace_id, SEGMENT.name) if found.body.get("list") is True}
        case "pool":
            return {row[0] for row in _queries.tuples(tx, "pools", workspace_id=workspace_id)}
        case _:
            return {row[0] for row in _queries.tuples(tx, "secrets", workspace_id=workspace_id)}


def _channels(node: Node) -> Iterator[Todo]:
    """Those that no plug-in serves; where another one can bring the message, it is only good to know."""
    asked = [channel for channel, _ in sendings(node.step)]
    served = {manifest.channel for manifest in discover().values()}
    weight: Weight = "should" if served.intersection(asked) else "must"
    for channel in asked:
        if channel not in served:
            yield _missing(weight, "channel_unknown", node.path, channel, served)


def _facts(node: Node, journey: Journey) -> Iterator[Todo]:
    """What a branch or loop asks of the run, and no step brings."""
    nodes = journey.program.nodes.values()
    brought = {one.id for one in nodes if one.id} | {name for one in nodes if (name := getattr(one.step, "into", None))}
    asked = dict.fromkeys(one.where.property for one in inside(node.step) if isinstance(one, Knows))
    for name in asked:
        fact = name.removeprefix(_STEPS).split(".")[0]
        if name.startswith(_STEPS) and fact not in brought:
            yield _missing("should", "fact_unknown", node.path, fact, brought)


def properties_named(journey: Journey) -> Iterator[tuple[str, str]]:
    """(path, property) of everything that the event that lets people in has to tell."""
    if journey.correlate is not None:
        yield "correlate", journey.correlate
    for path, node in journey.program.nodes.items():
        for one in inside(node.step):
            if isinstance(one, Knows) and one.where.property.startswith(_ENTRY):
                yield path, one.where.property.removeprefix(_ENTRY).split(".")[0]
        awaited = node.step.awaits()
        if awaited is not None and awaited.same not in (None, "run"):
            yield path, str(awaited.same)


def _named_by_entry(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> Iterator[Todo]:
    """Of the outcome of a message: whose message, and which."""
    entry = cast("dict[str, Any]", document.get("entry"))
    for field, kind in (("journey", JOURNEY.name), ("template", TEMPLATE.name)) if "message" in entry else ():
        known = {found.key for found in live(tx, workspace_id, kind)} if field in entry else set[str]()
        if field in entry and entry[field] not in known:
            yield _missing("should", f"entry_{field}_missing", f"entry.{field}", str(entry[field]), known)


def _missing(weight: Weight, code: str, path: str, key: str, known: Collection[str]) -> Todo:
    near = get_close_matches(key, known, n=_MANY)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    hint_ru = f" Может быть, «{near[0]}»?" if near else ""
    return todo(weight, code, path, key=key, hint=hint, hint_ru=hint_ru)
