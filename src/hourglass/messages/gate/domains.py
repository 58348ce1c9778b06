"""Which domains take mail, as the DNS says: looked up beside the delivery, kept for days, doubted when in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from hourglass.postgres import Database, Queries

_queries = Queries(Path(__file__).with_name("domains.sql"))
_NOT_ASKED = (".example", ".test", ".invalid", ".localhost", ".local", ".onion", ".internal")
_EXAMPLES = frozenset({"example.com", "example.net", "example.org"})
_SURE = "gmail.com"
"""A domain that takes mail: a resolver that denies it denies everything, and is not believed."""
_MOST = 64
_TIMEOUT = 5.0
_KEPT = {True: timedelta(days=30), False: timedelta(days=1), None: timedelta(hours=1)}


class Resolver(Protocol):
    """What dnspython offers; `lifetime` in seconds for one name."""

    async def resolve(self, qname: str, rdtype: str, *, lifetime: float) -> Any:
        """The records, or an exception of dnspython."""
        ...


class Verdict(Struct, frozen=True):
    """Whether a domain takes mail (None: it could not be found out), and what was seen."""

    takes_mail: bool | None
    detail: str


def worth_asking(domain: str) -> bool:
    """Whether the DNS can know it: names reserved for examples and tests (RFC 2606, 6761) are nobody's."""
    return "." in domain and domain not in _EXAMPLES and not domain.endswith(_NOT_ASKED)


async def look_up(domains: Iterable[str], resolver: Resolver) -> dict[str, Verdict]:
    """Ask about all at once. A no counts only when the same resolver knows a domain that surely takes mail."""
    names = list(domains)
    found = dict(zip(names, await asyncio.gather(*(_ask(name, resolver) for name in names)), strict=True))
    if any(verdict.takes_mail is False for verdict in found.values()):
        sure = await _ask(_SURE, resolver)
        if sure.takes_mail is not True:
            doubted = Verdict(None, "the resolver knows nothing")
            return {name: doubted if one.takes_mail is False else one for name, one in found.items()}
    return found


async def refresh(database: Database, now: datetime, resolver: Resolver | None = None) -> int:
    """Look up domains that were met and not known yet; how many they were. What is old is forgotten first."""
    domains = await asyncio.to_thread(_waiting, database, now)
    if domains:
        from dns.asyncresolver import Resolver as Asker

        # The file that names the servers is read anew each time: it changes with the network.
        found = await look_up(domains, resolver or Asker())
        await asyncio.to_thread(_keep, database, found, now)
    return len(domains)


async def _ask(domain: str, resolver: Resolver) -> Verdict:
    """MX first; without one the domain itself takes mail, if it has an address (RFC 5321, 5.1)."""
    from dns.exception import DNSException
    from dns.resolver import NXDOMAIN, NoAnswer

    try:
        answer = await resolver.resolve(domain, "MX", lifetime=_TIMEOUT)
    except NXDOMAIN:
        return Verdict(False, "no such domain")
    except NoAnswer:
        return await _implicit(domain, resolver)
    except (DNSException, OSError, ValueError) as error:
        return Verdict(None, type(error).__name__)
    hosts = [str(one.exchange).rstrip(".") for one in answer]
    # A single dot says: no mail here (RFC 7505).
    return Verdict(True, hosts[0][:200]) if any(hosts) else Verdict(False, "takes no mail, it says")


async def _implicit(domain: str, resolver: Resolver) -> Verdict:
    from dns.exception import DNSException
    from dns.resolver import NXDOMAIN, NoAnswer

    for kind in ("A", "AAAA"):
        try:
            await resolver.resolve(domain, kind, lifetime=_TIMEOUT)
        except NoAnswer:
            continue
        except NXDOMAIN:
            break
        except (DNSException, OSError, ValueError) as error:
            return Verdict(None, type(error).__name__)
        return Verdict(True, "by its own address")
    return Verdict(False, "neither MX nor address")


def _waiting(database: Database, now: datetime) -> Sequence[str]:
    with database.transaction() as tx:
        _queries.execute(tx, "forget", now=now)
        return [row[0] for row in _queries.tuples(tx, "take", most=_MOST, until=now + _KEPT[None])]


def _keep(database: Database, found: dict[str, Verdict], now: datetime) -> None:
    with database.transaction() as tx:
        _queries.execute(
            tx,
            "keep_verdicts",
            domains=list(found),
            takes=[one.takes_mail for one in found.values()],
            details=[one.detail for one in found.values()],
            until=[now + _KEPT[one.takes_mail] for one in found.values()],
            now=now,
        )
