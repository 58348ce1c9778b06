"""The steps a journey is made of, one file each."""

from hourglass.journeys.steps.alert import Alert
from hourglass.journeys.steps.answer import Answer, Do, Effect, Exit, Next, Send, WaitUntil
from hourglass.journeys.steps.asked import Awaited, Bandit, Collected, Facts, Gathering, Heard, Turns
from hourglass.journeys.steps.audience import KeepAudience
from hourglass.journeys.steps.bandit import BanditStep
from hourglass.journeys.steps.emit import Emit, EmitStep
from hourglass.journeys.steps.lists import Enlist
from hourglass.journeys.steps.registry import STEPS
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.send import SendStep
from hourglass.journeys.steps.start import Start
from hourglass.journeys.steps.step import Step
from hourglass.journeys.steps.task import Task
from hourglass.journeys.steps.update import Update, UpdateStep
from hourglass.journeys.steps.webhook import ANSWERED, Call

__all__ = [
    "ANSWERED",
    "STEPS",
    "Alert",
    "Answer",
    "Awaited",
    "Bandit",
    "BanditStep",
    "Call",
    "Collected",
    "Do",
    "Effect",
    "Emit",
    "EmitStep",
    "Enlist",
    "Exit",
    "Facts",
    "Gathering",
    "Heard",
    "KeepAudience",
    "Next",
    "Run",
    "Send",
    "SendStep",
    "Start",
    "Step",
    "Task",
    "Turns",
    "Update",
    "UpdateStep",
    "WaitUntil",
]
