"""Moments in events: ISO-8601 text, the client's clock error, and the years we believe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=24)
"""A clock may be this far ahead after correction; more is refused, less counts as now."""


def read_moment(text: str) -> datetime:
    """An aware UTC moment; a moment without a zone is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is UTC:
        return moment
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def corrected(at: datetime, sent_at: datetime | None, received_at: datetime) -> datetime:
    """When it happened by our clock: the span between `timestamp` and `sentAt` is believed, not the client's clock.

    at = receivedAt - (sentAt - timestamp), as Segment does it. Raises OverflowError.
    """
    return at if sent_at is None else at + (received_at - sent_at)
