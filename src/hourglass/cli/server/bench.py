"""`hourglass bench`: the budgets, each beside a raw limit measured in the same run."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter


def bench(
    *,
    only: Annotated[str | None, Parameter(help="Names, separated by commas.")] = None,
    json: Annotated[Path | None, Parameter(help="Also write the rows as JSON.")] = None,
    size: Literal["small", "full"] = "small",
) -> None:
    """Measure, and print a table. The benches live beside the source (bench/), so this needs a clone."""
    try:
        run = import_module("bench").run
    except ModuleNotFoundError:
        print("The benches are part of the source tree, not of the package; run this in a clone.", file=sys.stderr)
        sys.exit(1)
    run(only.split(",") if only else None, json, size)
