"""Go: on with another step of the journey, by its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from hourglass.journeys.steps.answer import Answer, Next
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.kernel import Malformed


class Go(Step, frozen=True, kw_only=True):
    """`to`: the path of the step with that id, once all steps are known."""

    label: str
    to: str | None = None

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """Everybody goes there."""
        return [Next(self.to) for _ in runs]

    def summary(self) -> str:
        """Where to."""
        return f"→ {self.label}"

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """One."""
        return (self.to,)

    def linked(self, places: Mapping[str, str], path: str, /) -> Step:
        """With the path of its goal."""
        if self.label not in places:
            known = f"; known: {', '.join(sorted(places))}" if places else ""
            raise Malformed(f"No step has the id “{self.label}”{known}.", path=f"{path}.go")
        return replace(self, to=places[self.label])


def read_go(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{go: reminder}`, where another step says `id: reminder`. A loop has a wait in it."""
    label = body["go"]
    if not isinstance(label, str) or set(body) != {"go"}:
        raise Malformed("`go` names the id of another step: {go: reminder}.", path=path)
    return Go(label=label)
