"""A journey that tells the very event that lets people into it would never come to an end."""

from __future__ import annotations

from hourglass.events import NAMES
from hourglass.journeys.program import Program
from hourglass.journeys.steps import EmitStep, UpdateStep
from hourglass.kernel import Malformed


def refuse_circle(event: str, program: Program) -> None:
    """Raises Malformed with the place, unless a wait stands in the journey. Longer circles end when they run (tell.py).

    `event`: what lets people in, whatever it says; call it where nothing else keeps them out.
    """
    if any(node.kind == "wait" for node in program.nodes.values()):
        return
    for path, node in program.nodes.items():
        if isinstance(node.step, EmitStep) and node.step.event == event:
            raise Malformed(
                f"“{event}” is what lets people into this journey: it would set itself off for ever. Give the entry a "
                "`where` that leaves these out, let people in `once`, or emit another event.",
                path=f"{path}.emit.event",
            )
        if isinstance(node.step, UpdateStep) and event == NAMES["identify"]:
            raise Malformed(
                f"What sets traits is told as “{event}”, which lets people into this journey: it would set itself off "
                "for ever. Give the entry a `where`, or let people in `once`.",
                path=f"{path}.update",
            )
