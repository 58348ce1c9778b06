"""People sent from one journey to the door of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from hourglass.definitions import find
from hourglass.journeys.document import JOURNEY, Journey, read_journey
from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.entries.queue import Entrant, position, put
from hourglass.journeys.steps import Start
from hourglass.kernel import NotFound
from hourglass.postgres import Transaction

_DEEPEST = 10


def start_journeys(tx: Transaction, effects: Sequence[Ready], scene: Scene) -> list[NotDone]:
    """Queue them before each live journey; of journeys that start each other the tenth in a row starts none."""
    asked: dict[str, list[Ready]] = defaultdict(list)
    left: list[NotDone] = []
    for one in effects:
        if isinstance(one.pending.effect, Start):
            if _depth(one) > _DEEPEST:
                sentence = f"Journeys started each other {_DEEPEST} times in a row; here it ends."
                left.append(NotDone(place=one.pending.place, reason="too_deep", detail=sentence))
            else:
                asked[one.pending.effect.other].append(one)
    for key, people in asked.items():
        found = _live(tx, scene, key)
        if found is None:
            sentence = f"There is no live journey “{key}”."
            left += [NotDone(place=one.pending.place, reason="no_such_journey", detail=sentence) for one in people]
            continue
        id_, journey = found
        seq = position(tx)
        entrants = [_entrant(one, journey, seq, scene) for one in people]
        put(tx, scene.workspace.id, id_, journey.entry.pace, entrants, "journey", scene.now)
    return left


def _live(tx: Transaction, scene: Scene, key: str) -> tuple[int, Journey] | None:
    try:
        found = find(tx, scene.workspace.id, JOURNEY.name, key)
    except NotFound:
        return None
    return (found.id, read_journey(found.body)) if found.state == "live" else None


def _entrant(one: Ready, journey: Journey, seq: int, scene: Scene) -> Entrant:
    """What the run knew comes along; how far it came does not."""
    known = {name: fact for name, fact in one.pending.run.entry.items() if name != "flow"}
    properties: dict[str, Any] = known.get("properties") or {}
    named = properties.get(journey.correlate or "")
    if named is None and journey.correlate is None and journey.reentry.mode == "parallel":
        named = one.mark
    return Entrant(
        profile_id=one.pending.run.profile_id,
        at=scene.now,
        seq=seq,
        correlation="" if named is None else str(named),
        facts={**known, "depth": _depth(one)},
    )


def _depth(one: Ready) -> int:
    """The how manyth journey in a row this one would be."""
    return int(one.pending.run.entry.get("depth", 0)) + 1
