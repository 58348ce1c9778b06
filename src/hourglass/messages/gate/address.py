"""Can this address be right, and is it a person's own: syntax, look-alikes, roles, throw-away mailboxes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from msgspec import Struct

# What nearly all addresses look like; the library is asked about the others only, because it takes its time.
_PLAIN = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+){0,8}@(?:[a-z0-9]+(?:-[a-z0-9]+){0,4}\.){1,4}[a-z]{2,24}", re.IGNORECASE
)
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_NOWHERE = (".arpa", ".invalid", ".local", ".localhost", ".onion")
_LONGEST, _LONGEST_LOCAL = 320, 64  # RFC 5321
_ROLES = frozenset(
    {"abuse", "admin", "administrator", "bounce", "bounces", "devnull", "hostmaster", "list-request", "mailer-daemon",
     "no-reply", "noc", "noreply", "null", "postmaster", "root", "security", "sysadmin",
     "undisclosed-recipients", "unsubscribe", "usenet", "webmaster"}
)  # fmt: skip
# Letters of these alphabets look alike; real words do not mix them.
_ALIKE = frozenset({"ARMENIAN", "CHEROKEE", "CYRILLIC", "GREEK", "LATIN"})


class _Odd(Struct, frozen=True):
    mailbox: str | None
    domain: str = ""
    mixed: bool = False


def mailbox(address: str) -> str | None:
    """The address as it goes to the server (an international domain as ASCII); None when it cannot be right."""
    return address if _plain(address) else _odd(address).mailbox


def domain_of(address: str) -> str:
    """The domain of an address that can be right, in ASCII and lower case."""
    return (mailbox(address) or "").rpartition("@")[2].lower()


def looks_alike(address: str) -> bool:
    """Whether alphabets are mixed within one word, as in a forged “pаypal” with a Cyrillic а."""
    return not _plain(address) and _odd(address).mixed


def of_a_role(address: str) -> bool:
    """Whether it belongs to a role, not to a person; what is behind a plus does not matter."""
    return address.partition("@")[0].partition("+")[0].lower() in _ROLES


def thrown_away(domain: str) -> bool:
    """Whether mailboxes of this domain live for minutes only."""
    from disposable_email_domains import blocklist  # 2 MB that only those who judge addresses need

    parts = domain.split(".")
    return any(".".join(parts[place:]) in blocklist for place in range(len(parts) - 1))


def dialable(number: str) -> bool:
    """Whether it is a number as E.164 writes them."""
    return _PHONE.fullmatch(number) is not None


def _plain(address: str) -> bool:
    return len(address) < 60 and _PLAIN.fullmatch(address) is not None and not address.lower().endswith(_NOWHERE)


def _odd(address: str) -> _Odd:
    return _Odd(None) if len(address) > _LONGEST else _checked(address)


@lru_cache(maxsize=1 << 12)
def _checked(address: str) -> _Odd:
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return _Odd(None)
    if len(found.local_part.encode()) > _LONGEST_LOCAL:
        return _Odd(None)
    words = re.split(r"[._+-]", found.local_part) + re.split(r"[.-]", found.domain)
    return _Odd(found.ascii_email or found.normalized, found.ascii_domain, any(map(_mixed, words)))


def _mixed(word: str) -> bool:
    """Each letter's name begins with its alphabet: CYRILLIC SMALL LETTER A."""
    alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return len(alphabets & _ALIKE) > 1
