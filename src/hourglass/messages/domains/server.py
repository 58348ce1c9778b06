"""The machines: whether the domain receives mail, and whether the server that sends it has a name and speaks TLS."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from hourglass.messages.domains.asked import Asked, Probe
from hourglass.messages.domains.finding import DnsRecord, DomainFinding
from hourglass.messages.domains.resolver import Resolver
from hourglass.messages.domains.words import say


def mx(asked: Asked, resolver: Resolver) -> Iterator[DomainFinding]:
    """Customers answer, and bounces come back."""
    yield say("mx", "mx_good" if _receives(asked.domain, resolver) else "mx_missing", domain=asked.domain)
    if asked.return_domain != asked.domain and not _receives(asked.return_domain, resolver):
        records = [DnsRecord(type="MX", name=asked.return_domain, value="10 <the machine that receives returned mail>")]
        yield say("return_path", "returns_missing", domain=asked.return_domain, records=records)


def ptr(asked: Asked, resolver: Resolver) -> Iterator[DomainFinding]:
    """Each public address of the sending server has a name that leads back to it."""
    if not asked.server:
        return
    addresses = outside_addresses(asked.host, resolver)
    if not addresses:
        here = _is_inside(asked.host) or bool(resolver.addresses(asked.host))
        yield say("ptr", "server_here" if here else "server_unknown", host=asked.host)
    for address in addresses:
        name = next((one for one in resolver.names_of(address) if address in resolver.addresses(one)), None)
        if name is not None:
            yield say("ptr", "ptr_good", address=address, name=name)
        else:
            reverse = ipaddress.ip_address(address).reverse_pointer
            yield say("ptr", "ptr_missing", address=address,
                      records=[DnsRecord(type="PTR", name=reverse, value=asked.host)])  # fmt: skip


def tls(asked: Asked, probe: Probe) -> Iterator[DomainFinding]:
    """The way to the mail server is encrypted."""
    if not asked.server:
        return
    if _is_inside(asked.host) and _is_loopback(asked.host):
        yield say("tls", "tls_here")
        return
    answer = probe(asked.server)
    yield say("tls", f"tls_{answer.state}", host=asked.host, version=answer.version, why=answer.why)


def one_click(asked: Asked) -> Iterator[DomainFinding]:
    """RFC 8058 asks for https."""
    good = asked.public_url.startswith("https://")
    yield say("one_click", "one_click_good" if good else "one_click_plain", url=asked.public_url)


def outside_addresses(host: str, resolver: Resolver) -> list[str]:
    """Public addresses of the sending server; none where it stands on this machine or in its network."""
    if not host or host == "localhost":
        return []
    found = [host] if _is_address(host) else resolver.addresses(host)
    return [one for one in found if ipaddress.ip_address(one).is_global]


def _receives(domain: str, resolver: Resolver) -> bool:
    exchanges = resolver.exchanges(domain)
    return any(host for _, host in exchanges) if exchanges else bool(resolver.addresses(domain))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_inside(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and not ipaddress.ip_address(host).is_global)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
