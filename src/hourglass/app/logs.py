"""Logs as one JSON object a line on stderr, in which nobody's address or name appears."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog

_PERSONAL = {"email", "phone", "address", "recipient", "name", "traits", "properties", "body", "to", "ip"}


def configure_logs(level: str, role: str) -> None:
    """Set up logging for this process."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _Role(role),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _impersonal,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: _Stderr(),
    )


class _Stderr:
    """Lines to standard error, which never fail: where the disk is full, the line is lost and not the program."""

    def msg(self, line: str) -> None:
        """One line."""
        with suppress(OSError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = msg


class _Role:
    """Says in every line, from whatever thread, which role speaks."""

    def __init__(self, role: str) -> None:
        self._role = role

    def __call__(self, _logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        entry["role"] = self._role
        return entry


def _impersonal(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last guard against personal data in a log line."""
    for field in _PERSONAL & entry.keys():
        entry[field] = "[personal]"
    return entry
