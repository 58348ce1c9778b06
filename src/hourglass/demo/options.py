"""What a person may choose about the demo, and what it needs from the program around it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from msgspec import Struct

from hourglass.definitions import Kinds
from hourglass.demo.progress import WEEK, YEAR
from hourglass.kernel import Malformed
from hourglass.postgres import Transaction


class Options(Struct, frozen=True, kw_only=True):
    """How the demo is played."""

    rate: float = 600.0
    """How many times faster than life, until it has caught up with the present."""
    fast: bool = False
    """A month of history and the last hour live: for CI."""
    until_caught_up: bool = False
    """End by itself once the present is reached and everything is processed."""

    def __post_init__(self) -> None:
        if not 1 <= self.rate <= 100_000:
            raise Malformed("The rate of the demo clock is from 1 to 100000.", path="rate")

    @property
    def history(self) -> timedelta:
        """How much of the past is imported."""
        return timedelta(days=30) if self.fast else YEAR

    @property
    def live(self) -> timedelta:
        """How much is played."""
        return timedelta(hours=1) if self.fast else WEEK


class Around(Struct, frozen=True, kw_only=True):
    """What the composition root lends to the demo."""

    kinds: Kinds
    serve: Callable[[], AbstractContextManager[str]]
    """Runs the whole server, with the development inbox; gives the address at which it answers."""
    write_key: Callable[[Transaction], str]
    """A write key of the workspace."""
    returns: int
    """Port on this machine at which mail that comes back is taken; 0: none."""
    login_link: Callable[[Transaction], str]
    """A one-time link to the admin page."""
