"""Task: something for a person of the shop to do, such as a call to the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from hourglass.journeys.steps.answer import Answer, Do, Effect
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.values import read_value
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed, parse_duration


class Task(Effect, frozen=True, kw_only=True, tag="task"):
    """Its content are title and to; `due`: how long after the step."""

    due: timedelta | None


class TaskStep(Step, frozen=True, kw_only=True):
    """What is to be done."""

    task: Task
    written: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """A task for each run; nobody waits for it."""
        done = Do(self.task)
        return [done for _ in runs]

    def summary(self) -> str:
        """The title as it is written."""
        return self.written


def read_task(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{task: {title: "Call {{ profile.name }}", to: "sales", due: 2d}}`; `to` and `due` may be left out."""
    here = f"{path}.task"
    asked = cast("dict[str, Any]", body["task"]) if isinstance(body["task"], dict) else {}
    only(asked, {"title", "to", "due"}, here)
    title, to, due = asked.get("title"), asked.get("to"), asked.get("due")
    if not isinstance(title, str) or not title.strip():
        raise Malformed("A task has a title: {task: {title: Call them}}.", path=f"{here}.title")
    if to is not None and not isinstance(to, str):
        raise Malformed("`to` names who is to do it: a person, an address, a team.", path=f"{here}.to")
    content = {"title": read_value(title, f"{here}.title"), "to": read_value(to, f"{here}.to")}
    span = None if due is None else parse_duration(str(due), f"{here}.due")
    return TaskStep(task=Task(content=content, due=span), written=title)
