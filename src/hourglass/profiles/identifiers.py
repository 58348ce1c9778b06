"""Identifiers: what a person is called in events. Normalised, so that one name is one node of the graph."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from hourglass.kernel import digest

USER, EMAIL, PHONE, ANONYMOUS = "user_id", "email", "phone", "anonymous_id"
STRENGTH = {USER: 0, EMAIL: 1, PHONE: 2, ANONYMOUS: 3}
"""Kinds from the strongest name of a person to the weakest; all but the last make a person known."""

_LONGEST = 256
# What broken integrations send instead of an id. Taken for a name, it would glue strangers together.
_JUNK = frozenset(
    [
        *("0", "-1", "anonymous", "guest", "id", "user_id", "userid", "not_authenticated", "unknown", "undefined"),
        *("null", "none", "nil", "nan", "true", "false", "[object object]"),
        "00000000-0000-0000-0000-000000000000",
    ]
)


class Identifier(NamedTuple):
    """One name of a person; `value` is normalised."""

    kind: str
    value: str

    @property
    def known(self) -> bool:
        """Whether it makes its person a contact and no mere visitor."""
        return self.kind != ANONYMOUS


def clean(value: str | None) -> str | None:
    """An opaque id as it can be stored: trimmed, and an absurdly long one by its digest; None when nothing is left."""
    if not value or not (value := value.strip()):
        return None
    return value if len(value) <= _LONGEST else f"long:{digest(value)}"


def is_junk(value: str) -> bool:
    """Whether it is no name at all but a placeholder; it may hold events, never tie people together."""
    return value.lower() in _JUNK


@lru_cache(maxsize=1 << 16)
def email_address(value: Any) -> str | None:
    """The address in lower case when its form is right (nobody asks the DNS); else None."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    try:
        return validate_email(value.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


@lru_cache(maxsize=1 << 16)
def phone_number(value: Any, region: str | None) -> str | None:
    """The number as E.164; one without a country is read as of `region` (ISO 3166). None when it cannot exist."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text or len(text) > 40:
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None
