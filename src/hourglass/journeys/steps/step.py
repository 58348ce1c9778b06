"""What a step is: it gets runs and facts, and answers; it does nothing itself. The engine acts on the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from hourglass.audience import Condition
from hourglass.journeys.steps.answer import Answer
from hourglass.journeys.steps.asked import Awaited, Facts
from hourglass.journeys.steps.need import Need
from hourglass.journeys.steps.run import Run


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

    def needs(self) -> Sequence[Need]:
        """What has to be made elsewhere for it to work; templates apart."""
        return ()

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
