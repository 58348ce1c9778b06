"""The dialect of expressions that Spark computes: those of Narwhals, which stands over any engine."""

from __future__ import annotations

import narwhals as nw

from hourglass.lake.dialect import Dialect

NARWHALS = Dialect(nw)
