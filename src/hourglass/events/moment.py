"""Moments in events: ISO-8601 text, the client's clock error, and the years we believe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=24)
"""A clock may be this far ahead after correction; more is refused, less counts as now."""


def read_moment(text: str) -> datetime:
    """An aware UTC moment; a moment without a zone is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def corrected(timestamp: str | None, sent_at: str | None, received_at: datetime) -> datetime:
    """When it happened by our clock: the span between `timestamp` and `sentAt` is believed, not the client's clock.

    at = receivedAt - (sentAt - timestamp), as Segment does it. Raises ValueError.
    """
    if timestamp is None:
        return received_at
    at = read_moment(timestamp)
    if sent_at is None:
        return at
    try:
        return at + (received_at - read_moment(sent_at))
    except OverflowError as error:
        raise ValueError(timestamp) from error
