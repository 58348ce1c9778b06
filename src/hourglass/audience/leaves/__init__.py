"""The atomic conditions, one file each."""

from hourglass.audience.leaves.did import Did
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.leaves.product import Product
from hourglass.audience.leaves.registry import LEAVES
from hourglass.audience.leaves.segment import InSegment

__all__ = ["LEAVES", "Did", "InSegment", "Leaf", "Product"]
