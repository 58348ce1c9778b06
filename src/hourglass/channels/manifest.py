"""How a plug-in introduces itself before it is loaded: cheap, typed, without heavy imports."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from hourglass.channels.capability import Capability

Locale = Literal["en", "ru"]


class Manifest(Struct, frozen=True, kw_only=True):
    """One plug-in of the channel family."""

    name: str
    """Unique among plug-ins; the name of its folder."""
    channel: str
    """The channel it serves, as journeys name it: several plug-ins may serve one channel."""
    address: Literal["email", "phone"]
    """Which of a person's identifiers it writes to."""
    words: dict[Locale, str]
    """What people call it."""
    settings: type[Struct]
    """Its settings; this struct is also the form of the admin page."""
    capabilities: frozenset[Capability] = frozenset()
    open: str
    """`module:function`, imported when first needed: `(settings) -> Sender`."""
    granted: frozenset[str] = frozenset()
    """Settings that the installation gives and no document: folders of this machine."""
    listen: str | None = None
    """`module:function` that reads the provider's webhooks: `(settings, fetch) -> Listener`; None: it has none."""
    proof: str | None = None
    """The setting without which no webhook is believed, where one may leave it out."""
