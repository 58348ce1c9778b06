"""Alerts: what journeys tell the people who run the shop, until somebody has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.commerce import Supply
from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import Alert
from hourglass.kernel import NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("people.sql"))
_LONGEST = 2000
_OF_POOL: dict[Supply, tuple[str, str]] = {
    "empty": ("No promo codes are left in “{pool}”.", "В пуле «{pool}» закончились промокоды."),
    "low": (
        "Few promo codes are left in “{pool}”: add more.",
        "В пуле «{pool}» осталось мало промокодов: добавьте новых.",
    ),
}


class Said(Struct, frozen=True, kw_only=True):
    """One thing to tell, of one person."""

    journey: str
    step: str
    text: str
    profile_id: int


class _Row(Struct, frozen=True, kw_only=True):
    id: int
    journey: str
    step: str
    text: str
    times: int
    first_at: datetime
    last_at: datetime
    profile_id: int


class JourneyAlert(Struct, frozen=True, kw_only=True):
    """What was told: `words` by language, how often, and of whom last."""

    id: int
    journey: str
    step: str
    words: dict[str, str]
    times: int
    first_at: datetime
    last_at: datetime
    profile_id: int


def raise_alerts(tx: Transaction, effects: Sequence[Ready], scene: Scene) -> list[NotDone]:
    """All that the steps of a tick tell."""
    said = [
        Said(
            journey=one.pending.journey,
            step=one.pending.step,
            text=str(one.content)[:_LONGEST],
            profile_id=one.pending.run.profile_id,
        )
        for one in effects
        if isinstance(one.pending.effect, Alert)
    ]
    tell_people(tx, scene.workspace.id, said, scene.now)
    return []


def told_of_pool(supply: Supply, pool: str) -> str:
    """The text of an alert that people read in their language."""
    return f"promo_{supply}:{pool}"


def tell_people(tx: Transaction, workspace_id: WorkspaceId, said: Sequence[Said], now: datetime) -> None:
    """The same text of the same step is one alert, with how often it was said."""
    if said:
        _queries.execute(
            tx,
            "add_alerts",
            workspace_id=workspace_id,
            now=now,
            journeys=[one.journey for one in said],
            steps=[one.step for one in said],
            texts=[one.text for one in said],
            people=[one.profile_id for one in said],
        )


def list_alerts(tx: Transaction, workspace_id: WorkspaceId, most: int) -> list[JourneyAlert]:
    """What nobody has seen yet, the latest first."""
    rows = _queries.rows(tx, "alerts", _Row, workspace_id=workspace_id, most=most)
    return [
        JourneyAlert(
            id=row.id,
            journey=row.journey,
            step=row.step,
            words=_words(row.text),
            times=row.times,
            first_at=row.first_at,
            last_at=row.last_at,
            profile_id=row.profile_id,
        )
        for row in rows
    ]


def see_alert(tx: Transaction, workspace_id: WorkspaceId, id_: int, *, author: str, now: datetime) -> None:
    """Somebody has seen it. Raises NotFound."""
    if not _queries.tuples(tx, "see_alert", workspace_id=workspace_id, id=id_, author=author, now=now):
        raise NotFound(f"There is no alert {id_}.")


def _words(text: str) -> dict[str, str]:
    for supply, (en, ru) in _OF_POOL.items():
        if text.startswith(mark := told_of_pool(supply, "")):
            pool = text.removeprefix(mark)
            return {"en": en.format(pool=pool), "ru": ru.format(pool=pool)}
    return {"en": text, "ru": text}
