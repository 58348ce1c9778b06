"""Whose each event of a batch is, and what the batch changed about who is who."""

from __future__ import annotations

from msgspec import Struct, field

from hourglass.profiles.plan import Absorbed, Move


class People(Struct, kw_only=True):
    """The people of a batch as columns: the n-th entry of the first two belongs to the n-th event."""

    identity_ids: list[int]
    """Under which identity the event is stored, for ever."""
    profile_ids: list[int]
    """Which person that is now."""
    touched: list[int]
    """Everybody with an event in the batch, sorted."""
    created: list[int] = field(default_factory=list[int])
    """Profiles that did not exist before."""
    moved: list[Move] = field(default_factory=list[Move])
    """Identities that changed their person."""
    absorbed: list[Absorbed] = field(default_factory=list[Absorbed])
    """Profiles that are another now, all of them: (loser, winner)."""
    changed: set[int] = field(default_factory=set[int])
    """People who are new or about whom something is different now: conditions on them must be asked again."""
