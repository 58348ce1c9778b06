"""Warnings about names that nobody has sent or set up: a slip of the pen makes a segment that stays empty for ever."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from pathlib import Path

from hourglass.audience.columns.scope import AMOUNT
from hourglass.audience.comparison.where import MOMENT
from hourglass.audience.mentions import Mention, mentions
from hourglass.channels import discover
from hourglass.definitions import Document, Doubt
from hourglass.events import VOCABULARY
from hourglass.history import TYPED
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("seen.sql"))
_PAGES = 600
_NEAR = 3
_ALWAYS = frozenset({*TYPED, AMOUNT, MOMENT})
_TRAITS = frozenset({"email", "phone"})


def doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document, path: str = "") -> list[Doubt]:
    """Events that never came, properties and traits that none of the latest has, and channels that no plug-in serves.

    Three statements at most. Where there is nothing to compare with, no event of that name or no person with traits,
    nothing is said.
    """
    found = list(dict.fromkeys(mentions(document, path)))
    events = dict(_queries.tuples(tx, "events_seen", workspace_id=workspace_id))
    told = [one for one in found if one.of == "property" and one.event in events]
    properties = _properties(tx, workspace_id, {one.event for one in told}) if told else {}
    traits = _traits(tx, workspace_id) if any(one.of == "trait" for one in found) else set[str]()
    made = (_doubt(one, events, properties, traits) for one in found)
    return [one for one in made if one is not None]


def _doubt(one: Mention, events: Collection[str], properties: Mapping[str, set[str]], traits: set[str]) -> Doubt | None:
    match one.of:
        case "event":
            return _unless(one, events, [*events, *VOCABULARY], f"No event “{one.name}” has come yet.")
        case "property":
            known = properties.get(one.event, set[str]())
            message = f"None of the latest events “{one.event}” has a property “{one.name}”."
            return _unless(one, known | _ALWAYS, known | _ALWAYS, message) if known else None
        case "trait":
            message = f"None of the people seen lately has a trait “{one.name}”."
            return _unless(one, traits | _TRAITS, traits | _TRAITS, message) if traits else None
        case "channel":
            channels = {manifest.channel for manifest in discover().values()}
            return _unless(one, channels, channels, f"No plug-in serves a channel “{one.name}” yet: it reaches nobody.")


def _unless(one: Mention, known: Collection[str], like: Collection[str], message: str) -> Doubt | None:
    if one.name in known or _way_inside(one.name, known):
        return None
    small = {name.lower(): name for name in like}
    near = [small[name] for name in difflib.get_close_matches(one.name.lower(), small, n=_NEAR)]
    if one.name in near:  # a name of the vocabulary, rightly written, and nobody has sent it yet
        near = []
    return Doubt(path=one.path, message=message, near=near)


def _way_inside(name: str, known: Collection[str]) -> bool:
    """Whether a known one leads there: `address.city` by `address`, `products.brand.name` by `products.brand`."""
    steps = name.split(".")
    least = 2 if steps[0] == "products" else 1
    return any(".".join(steps[:length]) in known for length in range(least, len(steps)))


def _properties(tx: Transaction, workspace_id: WorkspaceId, names: set[str]) -> dict[str, set[str]]:
    rows = _queries.tuples(tx, "properties_seen", workspace_id=workspace_id, names=sorted(names), pages=_PAGES)
    found: dict[str, set[str]] = {}
    for event, key in rows:
        found.setdefault(event, set()).add(key)
    return found


def _traits(tx: Transaction, workspace_id: WorkspaceId) -> set[str]:
    return {row[0] for row in _queries.tuples(tx, "traits_seen", workspace_id=workspace_id, pages=_PAGES)}
