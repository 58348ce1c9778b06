"""How often, how much, when: the measures of what people did, one file each."""

from hourglass.audience.measures.measure import Measure, Measured
from hourglass.audience.measures.read import read_measure
from hourglass.audience.measures.registry import MEASURES

__all__ = ["MEASURES", "Measure", "Measured", "read_measure"]
