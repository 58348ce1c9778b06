"""What the gate answers: it may go, it will not go, or it goes later; and what is kept of each hearing."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Passed(Struct, frozen=True):
    """Nothing speaks against it, and by which rule: `1 / 3 · 7d`."""

    note: str = ""


class Withheld(Struct, frozen=True, kw_only=True):
    """It will not be sent."""

    reason: str
    detail: str | None = None


class Deferred(Struct, frozen=True, kw_only=True):
    """It will be asked about again at that moment."""

    reason: str
    until: datetime
    detail: str | None = None


Objection = Withheld | Deferred
Answer = Passed | Objection
FINE = Passed()
NOT_ASKED = Withheld(reason="not_asked")


class Hearing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One hearing of a message: which questions it passed, and by what; then the objection, if there was one."""

    at: datetime
    passed: dict[str, str] = {}
    question: str | None = None
    reason: str | None = None
    detail: str | None = None
    until: datetime | None = None

    @property
    def objection(self) -> Objection | None:
        """What speaks against it; None: it may go."""
        if self.reason is None:
            return None
        if self.until is None:
            return Withheld(reason=self.reason, detail=self.detail)
        return Deferred(reason=self.reason, until=self.until, detail=self.detail)
