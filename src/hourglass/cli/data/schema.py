"""`hourglass schema`: what documents look like."""

from __future__ import annotations

import json
from typing import Annotated

from cyclopts import Parameter

from hourglass.app import KINDS
from hourglass.cli.opening import plainly


def schema(
    name: Annotated[str | None, Parameter(help="Which one; without a name, all names are listed.")] = None, /
) -> None:
    """Print a JSON Schema: `hourglass schema condition > condition.schema.json`."""
    with plainly():
        if name is None:
            print("\n".join(KINDS.schemas()))
        else:
            print(json.dumps(KINDS.schema(name), ensure_ascii=False, indent=2))
