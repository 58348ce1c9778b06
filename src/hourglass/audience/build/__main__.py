"""`python -m hourglass.audience.build`: one build in a process of its own (see beside.py)."""

from __future__ import annotations

import sys

from hourglass.audience.beside import work_beside
from hourglass.audience.build.building import build

if __name__ == "__main__":
    sys.exit(work_beside(build, "Segments"))
