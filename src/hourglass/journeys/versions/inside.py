"""Who waits in which version of a journey, and what an author hears about them on saving a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from hourglass.definitions import Document, Doubt, at_versions, find
from hourglass.journeys.program import Program, compile_steps
from hourglass.journeys.versions.mapping import changes
from hourglass.kernel import Malformed, NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("versions.sql"))
_KIND = "journey"
_RULES = ("exit_when", "goal", "topic", "class")


def inside(tx: Transaction, workspace_id: WorkspaceId, journey_id: int) -> dict[int, dict[str, int]]:
    """How many wait, by version and path of the step."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for version, step, count in _queries.tuples(tx, "inside", workspace_id=workspace_id, journey_id=journey_id):
        found[version][step] = count
    return dict(found)


def stay_behind(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """What becomes of those inside when this document is in force, by version: they stay on theirs, at which steps."""
    try:
        found = find(tx, workspace_id, _KIND, str(document["key"]))
    except NotFound:
        return []
    newest = found.version if found.body == document else found.version + 1
    people = {version: steps for version, steps in inside(tx, workspace_id, found.id).items() if version < newest}
    bodies = at_versions(tx, workspace_id, {(found.id, version) for version in people})
    return [
        Doubt(path="steps", message=_words(found.key, version, newest, people[version], body, document))
        for (_, version), body in sorted(bodies.items())
    ]


def _words(key: str, version: int, newest: int, people: Mapping[str, int], before: Document, after: Document) -> str:
    count = sum(people.values())
    try:
        old, new = compile_steps(before["steps"]), compile_steps(after["steps"])
    except Malformed as error:  # it was saved when less was asked of documents
        return f"{count} people are inside version {version}, which cannot be read any more: {error.sentence}"
    gone, changed = changes(old, new)
    changed += [word for word in _RULES if before.get(word) != after.get(word)]
    there = ", ".join(f"{n} at {_name(old, path)}" for path, n in people.items())
    said = [
        f"{count} {'person is' if count == 1 else 'people are'} inside version {version} and go on with it: {there}.",
        f"Not in version {newest}: {', '.join(gone)}." if gone else "",
        f"Different there: {', '.join(changed)}." if changed else "",
        f"To take them over: hourglass journeys move {key} --from {version} --to {newest}.",
    ]
    return " ".join(part for part in said if part)


def _name(program: Program, path: str) -> str:
    node = program.nodes.get(path)
    return path if node is None else f"“{node.name or node.id or path}” ({node.kind} {node.step.summary()})"
