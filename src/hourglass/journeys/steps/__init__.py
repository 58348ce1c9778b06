"""The steps a journey is made of, one file each."""

from hourglass.journeys.steps.registry import STEPS
from hourglass.journeys.steps.step import Answer, Exit, Facts, Next, Run, Send, Step, WaitUntil

__all__ = ["STEPS", "Answer", "Exit", "Facts", "Next", "Run", "Send", "Step", "WaitUntil"]
