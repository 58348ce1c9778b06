"""What happens to whom, when: journeys as documents, their runs moved by the tick."""

from hourglass.journeys.advance import Advanced, JourneyEngine
from hourglass.journeys.document import JOURNEY, Journey, read_journey
from hourglass.journeys.report import JourneyReport, StepReport, report, step_report

__all__ = [
    "JOURNEY",
    "Advanced",
    "Journey",
    "JourneyEngine",
    "JourneyReport",
    "StepReport",
    "read_journey",
    "report",
    "step_report",
]
