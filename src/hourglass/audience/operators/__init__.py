"""The comparisons of the condition language, one file each."""

from hourglass.audience.operators.operator import Operator, sentence
from hourglass.audience.operators.registry import OPERATORS
from hourglass.audience.operators.values import READERS, Value, as_text

__all__ = ["OPERATORS", "READERS", "Operator", "Value", "as_text", "sentence"]
