"""Who: the condition language, and segments that are live within a tick."""

from hourglass.audience.ask import Asker
from hourglass.audience.compile import Compiled, compile_conditions
from hourglass.audience.condition import Condition, leaves
from hourglass.audience.leaves import Did, InSegment, Leaf
from hourglass.audience.match import matching
from hourglass.audience.operators import OPERATORS, Operator
from hourglass.audience.parse import parse_condition
from hourglass.audience.preview import Preview, preview
from hourglass.audience.segments import SEGMENT
from hourglass.audience.update import Audience, Moved
from hourglass.audience.where import Where, read_where
from hourglass.audience.words import describe

__all__ = [
    "OPERATORS",
    "SEGMENT",
    "Asker",
    "Audience",
    "Compiled",
    "Condition",
    "Did",
    "InSegment",
    "Leaf",
    "Moved",
    "Operator",
    "Preview",
    "Where",
    "compile_conditions",
    "describe",
    "leaves",
    "matching",
    "parse_condition",
    "preview",
    "read_where",
]
