"""The comparisons of the condition language, one file each."""

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.registry import OPERATORS

__all__ = ["OPERATORS", "Operator"]
