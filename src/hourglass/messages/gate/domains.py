"""Which domains take mail, as the DNS says: looked up beside the delivery, kept for days, doubted when in doubt."""

from __future__ import annotations

_NOT_ASKED = (".example", ".test", ".invalid", ".localhost", ".local", ".onion", ".internal")
_EXAMPLES = frozenset({"example.com", "example.net", "example.org"})


def worth_asking(domain: str) -> bool:
    """Whether the DNS can know it: names reserved for examples and tests (RFC 2606, 6761) are nobody's."""
    return "." in domain and domain not in _EXAMPLES and not domain.endswith(_NOT_ASKED)
