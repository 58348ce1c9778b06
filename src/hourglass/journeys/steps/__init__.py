"""The steps a journey is made of, one file each."""

from hourglass.journeys.steps.emit import Emit, EmitStep
from hourglass.journeys.steps.lists import Enlist
from hourglass.journeys.steps.registry import STEPS
from hourglass.journeys.steps.step import Answer, Do, Effect, Exit, Facts, Next, Run, Send, Step, WaitUntil
from hourglass.journeys.steps.update import Update, UpdateStep

__all__ = [
    "STEPS",
    "Answer",
    "Do",
    "Effect",
    "Emit",
    "EmitStep",
    "Enlist",
    "Exit",
    "Facts",
    "Next",
    "Run",
    "Send",
    "Step",
    "Update",
    "UpdateStep",
    "WaitUntil",
]
