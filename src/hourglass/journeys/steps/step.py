"""What a step is: it gets runs and facts, and answers; it does nothing itself. The engine acts on the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from hourglass.audience import Condition, Where
from hourglass.journeys.values import Value
from hourglass.kernel import ProfileId, RunId
from hourglass.messages import Instead

Reward = Literal["goal", "click", "order"]


class Run(Struct, kw_only=True):
    """One person's way through one journey. `moment` is when the present step began, by the run's own reckoning."""

    id: RunId
    journey_id: int
    version: int
    profile_id: ProfileId
    correlation: str
    step: str
    moment: datetime
    entered_at: datetime
    entry_seq: int
    entry: dict[str, Any]
    """The facts of the run: what let it in, `steps` with what it learnt on its way, `flow` with how far it came."""
    waiting: bool = True
    """False when it is over and only its messages are still on their way."""
    exited: bool = False
    """Whether it has left already: its messages can be taken back, its end stays what it was."""
    woken: bool = False
    """Whether its wait on the present step is over, and the step is asked what comes now."""
    began: datetime | None = None
    """The moment as it was before an engine that came late moved it."""

    @property
    def visit(self) -> str:
        """The present step, and in a loop which time it is: `steps[1]`, then `steps[1]#2`."""
        times = self.entry.get("flow", {}).get("visits", {}).get(self.step, 1)
        return self.step if times == 1 else f"{self.step}#{times}"


class Awaited(Struct, frozen=True, kw_only=True):
    """An event that runs wait for, filtered, and how long. `own`: only one that answers this very visit of the run.

    `same`: a property in which it is like the event that let the run in, such as the order that both are about; `run`:
    it is about this very run.
    """

    event: str
    where: tuple[Where, ...]
    timeout: timedelta
    own: bool = False
    same: str | None = None


class Heard(Struct, frozen=True, kw_only=True):
    """An awaited event that came: when, its place in the log, and what it said."""

    at: datetime
    seq: int
    facts: dict[str, Any]


class Turns(Struct, frozen=True, kw_only=True):
    """How many may pass a step in each period. `key`: the id of the step, or else its path."""

    key: str
    at_most: int
    per: timedelta


class Gathering(Struct, frozen=True, kw_only=True):
    """How many wait for each other, and how long the first one does at most. `key`: as of `Turns`."""

    key: str
    size: int
    span: timedelta


class Collected(Struct, frozen=True, kw_only=True):
    """Events of the person that a step gathers for so long; the latest `limit` are kept."""

    event: str
    where: tuple[Where, ...]
    span: timedelta
    limit: int


class Bandit(Struct, frozen=True, kw_only=True):
    """Arms of which those are drawn more that bring more. `key`: the id of the step, or else its path.

    `reward`: what counts, within a span of the draw; `explore`: the share that is dealt out evenly.
    """

    key: str
    arms: tuple[str, ...]
    reward: Reward
    within: timedelta
    explore: float


class Next(Struct, frozen=True, tag=True):
    """Go on with a path; None is the end of the journey. What is said beside is noted.

    `heard`: the event that led there; the run's time goes on from it. `arm`: the way that was drawn. `passes`: how many
    times a loop was begun, 0 when it is over. `goal`: what was reached. `learns`: what later steps can use, by name.
    """

    to: str | None
    heard: Heard | None = None
    arm: str | None = None
    passes: int | None = None
    goal: str | None = None
    learns: Mapping[str, Any] | None = None


class WaitUntil(Struct, frozen=True, tag=True):
    """Stay on this step until a moment, then go on with the next one."""

    at: datetime


class Exit(Struct, frozen=True, tag=True):
    """Leave the journey."""

    reason: str


class Send(Struct, frozen=True, tag=True):
    """Put a message into the outbox and go on. `others`: what is tried where the channels before cannot bring it.

    `cheapest`: they are tried in the order of what they cost. `if_in_stock`, `if_price_holds`: whether it depends on
    the products it is about; None: as usual for what lets people in.
    """

    channel: str
    template: str
    others: tuple[Instead, ...] = ()
    cheapest: bool = False
    if_in_stock: bool | None = None
    if_price_holds: bool | None = None


class Effect(Struct, frozen=True, kw_only=True, tag=True):
    """Something to be done beside the run, in the tick's transaction. `content`: its values, some with Liquid."""

    content: Value = None


class Do(Struct, frozen=True, tag=True):
    """Have something done, and go on; or stay on this step until a moment at most."""

    effect: Effect
    until: datetime | None = None


Answer = Next | WaitUntil | Exit | Send | Do


class Facts(Protocol):
    """What a step may ask about the people before it, as of the end of the tick."""

    def holds(self, condition: Condition, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether the condition holds for its person."""
        ...

    def known(self, where: Where, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether it holds of what the run knows: `steps` and `entry`."""
        ...

    def zones(self, runs: Sequence[Run]) -> list[ZoneInfo]:
        """For each run, where its person lives; the workspace's zone when nobody knows."""
        ...

    def traits(self, name: str, runs: Sequence[Run]) -> list[Any]:
        """For each run, a trait of its person; None without one."""
        ...

    def heard(self, awaited: Awaited, runs: Sequence[Run]) -> list[Heard | None]:
        """For each run, the first such event of this tick since its step began, within the timeout."""
        ...

    def draw(self, pool: str, runs: Sequence[Run]) -> list[str | None]:
        """For each run, a promo code of its own; None when none is left."""
        ...

    def turns(self, turns: Turns, runs: Sequence[Run]) -> list[datetime | None]:
        """For each run, when its turn is; None: now, and it counts."""
        ...

    def gathered(self, gathering: Gathering, runs: Sequence[Run]) -> list[datetime | None]:
        """For each run that comes, until when it waits for others; None: enough are there."""
        ...

    def arms(self, bandit: Bandit, runs: Sequence[Run]) -> list[str]:
        """For each run, the arm that it draws; what the draw brings will count."""
        ...

    def collected(self, collected: Collected, runs: Sequence[Run]) -> list[list[dict[str, Any]]]:
        """For each run, what it gathered until it woke, the latest first: {event, at, properties}."""
        ...

    def passes(self, runs: Sequence[Run]) -> list[int]:
        """For each run, how many times the loop that it stands on was begun."""
        ...


class Step(Struct, frozen=True, kw_only=True):
    """A compiled step. Each kind answers in its own way."""

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """One answer for each run."""
        raise NotImplementedError

    def summary(self) -> str:
        """In a few words without a language: a span, a channel and template, a reason."""
        return ""

    def conditions(self) -> Sequence[Condition]:
        """What it will ask of the facts, so that it can be compiled beforehand."""
        return ()

    def awaits(self) -> Awaited | None:
        """The event that moves on who waits here."""
        return None

    def asks_again(self) -> bool:
        """Whether those whose wait is over are asked once more, and not just sent on."""
        return False

    def overdue(self, then: str | None, /) -> str | None:
        """Where those go whose wait is over; `then` is the step that follows."""
        return then

    def ways(self, then: str | None, /) -> Sequence[str | None]:
        """Every path that a run may take from here; `then` is the step that follows."""
        return (then,)

    def at_once(self, then: str | None, /) -> Sequence[str | None]:
        """Those of its ways that a run may take again and again within one tick."""
        return self.ways(then)

    def linked(self, _places: Mapping[str, str], _path: str, /) -> Step:
        """The same step, knowing the paths of labelled steps. Raises Malformed for a label that nothing has."""
        return self


def label_of(places: Mapping[str, str], path: str) -> str | None:
    """The id of the step at a path; None without one. `places`: paths by id."""
    return next((label for label, place in places.items() if place == path), None)


class Inner(Protocol):
    """Compiles a nested list of steps and answers where it begins; an empty list is what follows."""

    def __call__(self, steps: object, path: str, /, *, back_to: str | None = None) -> str | None:
        """`back_to`: where its end leads, if not to what follows."""
        ...


Reader = Callable[[Mapping[str, Any], str, Inner], Step]
"""Makes a step from its document, its path and the compiler of nested steps."""
