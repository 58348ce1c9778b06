"""What happens to whom, when: journeys as documents, their runs moved by the tick."""

from hourglass.journeys.advance import Advanced, JourneyEngine
from hourglass.journeys.document import JOURNEY, Journey, read_journey
from hourglass.journeys.effects.calls import Calls
from hourglass.journeys.follow import follow
from hourglass.journeys.report import JourneyDetail, JourneyReport, StepReport, detail, report

__all__ = [
    "JOURNEY",
    "Advanced",
    "Calls",
    "Journey",
    "JourneyDetail",
    "JourneyEngine",
    "JourneyReport",
    "StepReport",
    "detail",
    "follow",
    "read_journey",
    "report",
]
