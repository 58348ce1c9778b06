"""An address as it may stand in an envelope: what is none, or pretends to be another, is refused before it is tried."""

from __future__ import annotations

import re
import unicodedata

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u0080-\U0010ffff]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST_LOCAL, _LONGEST_DOMAIN, _LONGEST = 64, 255, 254  # octets (RFC 5321, 4.5.3.1; RFC 3696 erratum 1690)


def envelope_address(address: str) -> str | None:
    """The address with its domain in ASCII, where letters of another alphabet cannot pass for ours; None for none.

    International letters before the @ stay; only servers with SMTPUTF8 take them.
    """
    if len(address) > _LONGEST:
        return None
    local, _, domain = address.rpartition("@")
    domain = _ascii(domain)
    written = f"{local}@{domain}"
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)) or _disguised(local):
        return None
    if len(local.encode()) > _LONGEST_LOCAL or len(domain) > _LONGEST_DOMAIN or len(written.encode()) > _LONGEST:
        return None
    return written


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _disguised(local: str) -> bool:
    """Invisible, turning or compatibility characters: what is seen would not be what is written."""
    if local.isascii():
        return False
    return unicodedata.normalize("NFKC", local) != local or any(unicodedata.category(c)[0] in "CZ" for c in local)
