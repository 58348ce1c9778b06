"""Logs as one JSON object a line on stderr, in which nobody's address or name appears."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, cast

import structlog

_PERSONAL = {"email", "phone", "address", "recipient", "name", "traits", "properties", "body", "to", "ip"}
_SPEAKING = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"  # an e-mail address
    r"|(?<![\w.+])\+\d{10,15}\b"  # a phone number
    r"|\bhg_[aw]_[\w-]+|(?<=token=)[\w-]+|(?<=Bearer )\S+"  # a key, or a link that signs in
    r"|(?<=/[cptuv]/)[\w-]{34,}|(?<=/t/[co]/)[\w-]{34,}"  # a link to somebody's page
    r"|(?<=DETAIL:  )[^\n]*"  # values of the row that PostgreSQL complains about
)


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
            structlog.processors.format_exc_info,
            impersonal,
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


def impersonal(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last guard against personal data and keys in a log line, in what others say about errors too."""
    for field, value in entry.items():
        if field in _PERSONAL:
            entry[field] = "[personal]"
        elif isinstance(value, str):
            entry[field] = _SPEAKING.sub("[personal]", value)
        elif isinstance(value, list | dict | tuple | set):
            told = repr(cast("object", value))
            entry[field] = _SPEAKING.sub("[personal]", told) if _SPEAKING.search(told) else value
    return entry
