"""What is known when an action is done, in the words of templates: event, profile, steps, promo, journey, shop, now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.journeys.effects.pending import NotDone, Pending, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps.values import fill_value, names_in
from hourglass.kernel import Malformed
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("known.sql"))


class _Person(Struct, frozen=True, kw_only=True):
    id: int
    email: str | None
    phone: str | None
    traits: dict[str, Any]


def ready(tx: Transaction, asked: Sequence[Pending], scene: Scene) -> tuple[list[Ready], list[NotDone]]:
    """Each effect with its content for its person; one person's odd data never stops the others."""
    people = _people(tx, asked, scene)
    done: list[Ready] = []
    left: list[NotDone] = []
    for one in asked:
        try:
            content = fill_value(one.effect.content, _known(one, people.get(one.run.profile_id), scene))
        except Malformed as error:
            left.append(NotDone(place=one.place, reason="cannot_be_filled", detail=error.sentence))
        else:
            done.append(Ready(pending=one, content=content))
    return done, left


def _known(one: Pending, person: _Person | None, scene: Scene) -> dict[str, Any]:
    entry = one.run.entry
    properties: dict[str, Any] = entry.get("properties") or {}
    profile = {} if person is None else {**person.traits, "id": person.id, "email": person.email, "phone": person.phone}
    return {
        "event": {**properties, "name": entry.get("event"), "at": entry.get("at"), "properties": properties},
        "profile": profile,
        "steps": (steps := entry.get("steps") or {}),
        "promo": steps.get("promo") or {},
        "journey": {"key": one.journey, "run": one.run.id},
        "shop": {"name": scene.workspace.name, "currency": scene.workspace.currency},
        "now": scene.now.astimezone(scene.workspace.tz()),
    }


def _people(tx: Transaction, asked: Sequence[Pending], scene: Scene) -> dict[int, _Person]:
    """The people of whom some effect speaks."""
    effects = {id(one.effect): one.effect for one in asked}
    speaking = {name for name, effect in effects.items() if "profile" in names_in(effect.content)}
    ids = sorted({one.run.profile_id for one in asked if id(one.effect) in speaking})
    if not ids:
        return {}
    rows = _queries.rows(tx, "people", _Person, workspace_id=scene.workspace.id, ids=ids)
    return {one.id: one for one in rows}
