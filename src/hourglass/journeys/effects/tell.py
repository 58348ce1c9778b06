"""Traits and events that a journey tells: they go into the log in the tick's transaction and count once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hourglass import log
from hourglass.events import envelope
from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import Emit, Update
from hourglass.postgres import Transaction
from hourglass.profiles import event_names

_DEEPEST = 10
_TOLD = re.compile(r"hg-(?:emit|update)-(\d{1,4})-")


def tell(tx: Transaction, effects: Sequence[Ready], scene: Scene) -> list[NotDone]:
    """Append them to the log. What is told may let people into journeys that tell more: after ten of these it ends."""
    mine = [one for one in effects if isinstance(one.pending.effect, Update | Emit)]
    if not mine:
        return []
    names = event_names(tx, scene.workspace.id, [one.pending.run.profile_id for one in mine])
    left = [refusal for one in mine if (refusal := _refused(one, names))]
    refused = {one.place for one in left}
    going = [one for one in mine if one.pending.place not in refused]
    bodies = _bodies(going, names, scene)
    if bodies:
        envelopes = [envelope("track" if "event" in body else "identify", body) for body in bodies]
        log.append(tx, scene.workspace.id, envelopes, scene.now, scene.partitions)
    return left


def _refused(one: Ready, names: dict[int, dict[str, str]]) -> NotDone | None:
    place = one.pending.place
    if one.pending.run.profile_id not in names:
        return NotDone(place=place, reason="nobody", detail="Nobody is known by that number any more.")
    if _depth(one) > _DEEPEST:
        sentence = f"Journeys set each other off more than {_DEEPEST} times in a row; here it ends."
        return NotDone(place=place, reason="too_deep", detail=sentence)
    return None


def _bodies(effects: Sequence[Ready], names: dict[int, dict[str, str]], scene: Scene) -> list[dict[str, Any]]:
    """What one tick sets of a run's traits is one event: of two at the same moment, nobody could say which was last."""
    bodies: list[dict[str, Any]] = []
    identified: dict[int, dict[str, Any]] = {}
    for one in effects:
        pending, effect = one.pending, one.pending.effect
        known = identified.get(pending.run.profile_id)
        if isinstance(effect, Update) and known is not None:
            known["traits"].update(one.content)
            continue
        body = _body(one, names[pending.run.profile_id], scene)
        bodies.append(body)
        if isinstance(effect, Emit):
            body |= {"event": effect.event, "properties": one.content}
        else:
            body["traits"] = dict(one.content)
            identified[pending.run.profile_id] = body
    return bodies


def _body(one: Ready, who: dict[str, str], scene: Scene) -> dict[str, Any]:
    pending = one.pending
    kind = "emit" if isinstance(pending.effect, Emit) else "update"
    return {
        "messageId": f"hg-{kind}-{_depth(one)}-{one.mark}",
        "timestamp": scene.now.isoformat(),
        "context": {"hourglass": {"journey": pending.journey, "step": pending.step}},
        **who,
    }


def _depth(one: Ready) -> int:
    """How many journeys set each other off up to this one: the messageId of what we tell carries it on."""
    told = _TOLD.match(str(one.pending.run.entry.get("message_id")))
    return int(told[1]) + 1 if told else 1
