"""UTM parameters: added to links that lead to the shop, never written over what the author put there."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from msgspec import Struct

_SITE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//([^/?#]*)", re.IGNORECASE)


class Utm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is added; `domains` are the sites it is added for, the brand's own when left out."""

    source: str = "hourglass"
    medium: str = "email"
    campaign: str = ""
    """The key of the template when left out."""
    content: str = ""
    term: str = ""
    domains: tuple[str, ...] = ()


class Tagging(Struct, frozen=True, kw_only=True):
    """Ready to be applied: encoded pairs by name, and the domains they are for; no domain means every site."""

    pairs: tuple[tuple[str, str], ...]
    domains: tuple[str, ...] = ()

    def apply(self, url: str) -> str:
        """The address with what it lacks; everything else stays as it stands, octet for octet."""
        return _applied(url, self.pairs, self.domains)


@lru_cache(maxsize=4096)
def _applied(url: str, pairs: tuple[tuple[str, str], ...], domains: tuple[str, ...]) -> str:
    """Links are few, readers many."""
    if domains and not _ours(url, domains):
        return url
    rest, hash_, fragment = url.partition("#")
    before, mark, asked = rest.partition("?")
    there = {pair.partition("=")[0].lower() for pair in asked.split("&")}
    more = "&".join(f"{name}={value}" for name, value in pairs if name not in there)
    if not more:
        return url
    joined = f"{asked}&{more}" if asked and not asked.endswith("&") else f"{asked}{more}"
    return f"{before}{mark or '?'}{joined}{hash_}{fragment}"


def _ours(url: str, domains: tuple[str, ...]) -> bool:
    found = _SITE.match(url)
    return found is not None and _is_one_of(found[1], domains)


@lru_cache(maxsize=256)
def _is_one_of(site: str, domains: tuple[str, ...]) -> bool:
    try:
        host = (urlsplit(f"//{site}").hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def tagging(utm: Utm, campaign: str, home: str | None) -> Tagging:
    """`campaign` where none is named; `home` is the address of the shop."""
    told = {
        "utm_source": utm.source,
        "utm_medium": utm.medium,
        "utm_campaign": utm.campaign or campaign,
        "utm_content": utm.content,
        "utm_term": utm.term,
    }
    own = (urlsplit(home).hostname or "").removeprefix("www.") if home else ""
    domains = tuple(domain.lower().removeprefix("www.") for domain in utm.domains) or ((own,) if own else ())
    return Tagging(pairs=tuple((name, quote(value, safe="")) for name, value in told.items() if value), domains=domains)
