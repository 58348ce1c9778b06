"""Moves the data's year so that it ends at a chosen moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct


class Shift(Struct, frozen=True):
    """How far the story is moved into the present."""

    by: timedelta

    def here(self, at: datetime) -> datetime:
        """When something of the data happens in the demo."""
        return at + self.by

    def there(self, at: datetime) -> datetime:
        """The moment of the data that a moment of the demo shows."""
        return at - self.by


def ending_at(end: datetime, data_end: datetime) -> Shift:
    """The shift after which the data ends at `end`."""
    return Shift(end - data_end)
