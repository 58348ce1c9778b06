"""What happens to whom, when: journeys as documents, their runs moved by the tick."""

from hourglass.journeys.advance import Advanced, JourneyEngine
from hourglass.journeys.document import JOURNEY, Journey, read_journey

__all__ = ["JOURNEY", "Advanced", "Journey", "JourneyEngine", "read_journey"]
