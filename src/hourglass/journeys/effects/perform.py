"""Everything that the steps of one tick asked for, kind by kind, in the tick's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hourglass.journeys.effects.alerts import raise_alerts
from hourglass.journeys.effects.hand_over import hand_over
from hourglass.journeys.effects.keep import keep_lists
from hourglass.journeys.effects.known import ready
from hourglass.journeys.effects.memberships import ask_connectors
from hourglass.journeys.effects.pending import NotDone, Pending, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.effects.start import start_journeys
from hourglass.journeys.effects.tasks import give_tasks
from hourglass.journeys.effects.tell import tell
from hourglass.postgres import Transaction

Performer = Callable[[Transaction, Sequence[Ready], Scene], list[NotDone]]
PERFORMERS: tuple[Performer, ...] = (
    tell,
    keep_lists,
    hand_over,
    give_tasks,
    raise_alerts,
    start_journeys,
    ask_connectors,
)
"""Each takes its own kinds of effect out of all, and writes them with one statement a table."""


def perform(tx: Transaction, asked: Sequence[Pending], scene: Scene) -> list[NotDone]:
    """Do it; what could not be done comes back with the reason, and the runs go on all the same."""
    if not asked:
        return []
    effects, left = ready(tx, asked, scene)
    for performer in PERFORMERS:
        left += performer(tx, effects, scene)
    return left
