"""What a provider answered to one call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

import msgspec
from msgspec import Struct

_LONGEST_WAIT = 3600.0
_MILLISECONDS = 1e11  # epoch seconds stay below this for three thousand years


class Answer(Struct, frozen=True, kw_only=True):
    """Status, headers by lower-case name, and the body as far as it was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def fine(self) -> bool:
        """Whether the provider agreed."""
        return 200 <= self.status < 300

    def document(self) -> dict[str, Any]:
        """The body as a JSON object; empty where it is none."""
        decoded = self.decoded()
        return cast("dict[str, Any]", decoded) if isinstance(decoded, dict) else {}

    def decoded(self) -> object:
        """The body as JSON; None where it is none."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def sentence(self) -> str:
        """The body as one line for people, where it says nothing better."""
        text = re.sub(r"<[^>]*>|\s+", " ", self.body[:2000].decode("utf-8", "replace")).strip()
        return f"{self.status} {text}"[:500].strip()

    def wait(self) -> float | None:
        """Seconds until the provider wants to hear from us again: Retry-After, or the end of a used-up window.

        Moments are held against the provider's own clock (Date), so ours need not be right. At most an hour.
        """
        asked = self._seconds(self.headers.get("retry-after", ""))
        if asked is None and self.headers.get("x-ratelimit-remaining", "").strip() == "0":
            asked = self._seconds(self.headers.get("x-ratelimit-reset", ""))
        return None if asked is None else min(_LONGEST_WAIT, max(0.0, asked))

    def _seconds(self, text: str) -> float | None:
        try:
            number = float(text)
        except ValueError:
            moment = _moment(text)
            return None if moment is None else self._until(moment.timestamp())
        if number < 1e9:  # a span; longer than thirty years it is a moment
            return number
        return self._until(number / 1000 if number > _MILLISECONDS else number)

    def _until(self, epoch: float) -> float | None:
        now = _moment(self.headers.get("date", ""))
        return None if now is None else epoch - now.timestamp()


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
