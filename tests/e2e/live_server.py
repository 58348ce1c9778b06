"""A running Hourglass as the browser tests see it: where it answers, and how to get into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class LiveServer:
    """`new_link` makes a one-time address that signs an admin in."""

    base_url: str
    new_link: Callable[[], str]
