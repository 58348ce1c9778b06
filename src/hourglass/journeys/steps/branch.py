"""Branch: the first arm whose condition holds; without one, whatever follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from hourglass.audience import Condition
from hourglass.journeys.steps.answer import Answer, Next
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.when import When, asked, holds, read_when, when_words
from hourglass.kernel import Malformed


class Arm(Struct, frozen=True, kw_only=True):
    """A condition and where it leads."""

    when: When
    to: str | None


class Branch(Step, frozen=True, kw_only=True):
    """Arms in their order, and where all others go (`None`: the end of the journey)."""

    arms: tuple[Arm, ...]
    otherwise: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """The way of the first arm that holds."""
        answers: list[Answer] = [Next(self.otherwise) for _ in runs]
        for arm in reversed(self.arms):
            for i, true in enumerate(holds(arm.when, runs, facts)):
                if true:
                    answers[i] = Next(arm.to)
        return answers

    def summary(self) -> str:
        """Every condition in words."""
        return " · ".join(when_words(arm.when) for arm in self.arms)

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """Of its arms, and of all others."""
        return (*(arm.to for arm in self.arms), self.otherwise)

    def conditions(self) -> Sequence[Condition]:
        """The conditions of its arms."""
        return [condition for arm in self.arms for condition in asked(arm.when)]


def read_branch(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{branch: [{when: ..., do: [...]}, {else: [...]}]}`; the `else` arm comes last.

    A condition may also ask what the run knows: `{run: steps.looked.properties.price, op: at_least, value: 100}`,
    `{entry: properties.total, op: ..., value: ...}`.
    """
    arms = body["branch"]
    if not isinstance(arms, list) or not arms or set(body) != {"branch"}:
        raise Malformed("A branch is a list of {when: condition, do: steps}.", path=path)
    items = cast("list[dict[str, Any]]", arms)
    otherwise: str | None = None
    if "else" in items[-1] and len(items) > 1:
        otherwise = inner(items[-1]["else"], f"{path}.branch[{len(items) - 1}].else")
        items = items[:-1]
    else:
        otherwise = inner([], f"{path}.branch.else")
    return Branch(
        arms=tuple(_arm(item, f"{path}.branch[{i}]", inner) for i, item in enumerate(items)), otherwise=otherwise
    )


def _odd_arm(item: object) -> str:
    words = [str(word) for word in cast("dict[str, Any]", item)] if isinstance(item, dict) else []
    if "else" in words:
        return "The arm `else` comes last, after one {when: condition, do: steps} at least."
    strange = [word for word in words if word not in ("when", "do")]
    lacks = [f"`{word}`" for word in ("when", "do") if word not in words]
    said = f"“{strange[0]}” is not known here." if strange else f"This one lacks {' and '.join(lacks)}."
    return f"An arm is {{when: condition, do: steps}}. {said}"


def _arm(item: dict[str, Any], path: str, inner: Inner) -> Arm:
    if not isinstance(item, dict) or set(item) != {"when", "do"}:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise Malformed(_odd_arm(item), path=path)
    return Arm(when=read_when(item["when"], f"{path}.when"), to=inner(item["do"], f"{path}.do"))
