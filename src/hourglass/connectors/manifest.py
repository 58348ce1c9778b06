"""How a connector introduces itself before it is loaded: cheap, typed, without heavy imports."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Identifier = Literal["user_id", "email", "phone"]


class ConnectorManifest(Struct, frozen=True, kw_only=True):
    """One plug-in of the family."""

    name: str
    """Unique in the family; the name of its folder."""
    words: dict[Literal["en", "ru"], str]
    """What people call it."""
    settings: type[Struct]
    """Its settings; this struct is also the form of the admin page."""
    knows_by: frozenset[Identifier]
    """By what it can know a customer; one of these is enough. It is told no others."""
    open: str
    """`module:function`, imported when first needed: `(settings) -> AudienceConnector`."""
    granted: frozenset[str] = frozenset()
    """Settings that the installation gives and no document."""
