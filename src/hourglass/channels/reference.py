"""The name of a message at a provider: what is handed along, and what its webhooks bring back."""

from __future__ import annotations

import re

from hourglass.channels.outgoing import Outgoing

REFERENCE = "hourglass"
"""Under which key a provider keeps it, wherever it keeps custom data."""
_SHAPE = re.compile(r"([0-9]{1,10})-([0-9]{1,18})")


def reference_of(message: Outgoing) -> str:
    """Workspace and message; letters that every provider takes, the same at each attempt."""
    return f"{message.workspace_id}-{message.id}"


def read_reference(text: object) -> tuple[int, int] | None:
    """Workspace and message again; None for anything else."""
    found = _SHAPE.fullmatch(text) if isinstance(text, str) else None
    return None if found is None else (int(found[1]), int(found[2]))
