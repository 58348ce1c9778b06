"""A node of a condition document: every field with its path, so that a mistake is named with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from hourglass.kernel import Malformed, parse_duration

_DAY_LENGTH = len("2026-01-31")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


class Node:
    """One mapping of the document and where it stands."""

    def __init__(self, document: object, path: str, what: str) -> None:
        if not isinstance(document, dict):
            raise Malformed(f"Here stands {what}.", path=path)
        self.fields = cast("Mapping[str, Any]", document)
        self.path = path

    def __contains__(self, field: str) -> bool:
        return field in self.fields

    def at(self, field: str) -> str:
        """The path of a field."""
        return f"{self.path}.{field}"

    def only(self, known: Collection[str]) -> None:
        """Refuse a field that nobody knows, and say which was probably meant."""
        strange = sorted(self.fields.keys() - set(known))
        if strange:
            raise Malformed(
                f"Unknown field; known here: {', '.join(sorted(known))}.{meant(strange[0], known)}",
                path=self.at(strange[0]),
            )

    def get(self, field: str, default: Any = None) -> Any:
        """What stands there."""
        return self.fields.get(field, default)

    def text(self, field: str) -> str:
        """A text that must be there."""
        return text(self.get(field), self.at(field))

    def number(self, field: str, default: float | None = None) -> float:
        """A number."""
        return number(self.get(field, default), self.at(field))

    def flag(self, field: str) -> bool:
        """True or false; missing is false."""
        value = self.get(field, default=False)
        if not isinstance(value, bool):
            raise Malformed("Here stands true or false.", path=self.at(field))
        return value

    def duration(self, field: str) -> timedelta | None:
        """A span of time, or None where the field is missing."""
        value = self.get(field)
        return None if value is None else parse_duration(text(value, self.at(field)), self.at(field))

    def moment(self, field: str) -> datetime | None:
        """A moment, or None where the field is missing."""
        value = self.get(field)
        return None if value is None else moment(value, self.at(field))

    def items(self, field: str, what: str) -> list[tuple[object, str]]:
        """A list of at least one item, each with its path."""
        value = self.get(field)
        if not isinstance(value, list) or not value:
            raise Malformed(f"Here stands a list of {what}, with one at least.", path=self.at(field))
        return [(item, f"{self.at(field)}[{i}]") for i, item in enumerate(cast("list[object]", value))]

    def node(self, field: str, what: str) -> Node:
        """A mapping inside this one."""
        return Node(self.get(field), self.at(field), what)


def text(value: object, path: str) -> str:
    """A text with something in it."""
    if not isinstance(value, str) or not value.strip():
        raise Malformed("Here stands a text.", path=path)
    return value


def number(value: object, path: str) -> float:
    """A number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed("Here stands a number.", path=path)
    return value


def moment(value: object, path: str) -> datetime:
    """A date or a date and time in ISO-8601; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text(value, path))
    except ValueError as error:
        raise Malformed(f"“{value}” is no date; write 2026-01-31 or 2026-01-31T12:00:00Z.", path=path) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def day_or_moment(value: object, path: str) -> date:
    """A whole day `2026-01-31`, or a date and time; without a zone it is on the clock of the workspace."""
    said = text(value, path)
    try:
        if not _MOMENT.fullmatch(said):
            raise ValueError(said)
        return date.fromisoformat(said) if len(said) == _DAY_LENGTH else datetime.fromisoformat(said)
    except ValueError as error:
        raise Malformed(f"“{value}” is no date; write 2026-01-31 or 2026-01-31T12:00:00Z.", path=path) from error


def meant(said: object, known: Collection[str]) -> str:
    """“ Did you mean …?” for a slip of the pen, or nothing."""
    near = difflib.get_close_matches(str(said), known, n=1)
    return f" Did you mean “{near[0]}”?" if near else ""
