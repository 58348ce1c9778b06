"""Where something may be posted to: not into the network that this server stands in, whatever a name resolves to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from hourglass.kernel import Malformed, Unavailable

Address = IPv4Address | IPv6Address
Lookup = Callable[[str, int], Iterable[str]]
_WRAPPING = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""IPv4 in its last 32 bits: translated for everybody (RFC 6052), and as it was written once (RFC 4291)."""
_TRANSLATED_HERE = IPv6Network("64:ff9b:1::/48")
"""Translated by this network, into whatever it likes (RFC 8215)."""
_PORTS = {"http": 80, "https": 443}


class Destination(Struct, frozen=True, kw_only=True):
    """An address that was looked at, and what to say to whoever answers there."""

    url: str
    """With the address in the place of the name: nothing is looked up again between looking and connecting."""
    host: str
    """For the Host header."""
    name: str
    """What the certificate must say."""


def lookup(host: str, port: int) -> list[str]:
    """Every address a name has now."""
    return list({str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})


def check_url(url: str, *, private: bool) -> tuple[str, str, int]:
    """Scheme, host and port of a receiver, looked at without asking the network. Raises Malformed."""
    try:
        url.encode()
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Malformed("This is no address; write it like https://example.com/segments.", path="url") from None
    if parts.scheme not in _PORTS or not host:
        raise Malformed("A receiver is an http(s) address, like https://example.com/segments.", path="url")
    if parts.username or parts.password:
        raise Malformed("Leave name and password out of the address; the signature says who sends.", path="url")
    if parts.scheme == "http" and not private:
        raise Malformed("People's data travels by https:// only.", path="url")
    return parts.scheme, host, port or _PORTS[parts.scheme]


def resolve(url: str, *, private: bool, ask: Lookup = lookup) -> Destination:
    """The receiver's address, if it is out in the world; `private` allows those of this machine and its network too.

    Every address of the name must be allowed. Raises Malformed, or Unavailable when nobody answers what it is just now.
    """
    scheme, host, port = check_url(url, private=private)
    try:
        addresses = [ip_address(text.partition("%")[0]) for text in ask(host, port)]
    except (OSError, ValueError) as error:
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
            raise Unavailable(f"the name {host} cannot be looked up right now") from None
        addresses = []
    if not addresses:
        raise Malformed(f"The name {host} leads nowhere.", path="url")
    if not private and (inside := next((one for one in addresses if not is_outside(one)), None)):
        raise Malformed(
            f"{host} is {inside}, an address inside this network; what is posted goes there only with "
            "HOURGLASS_WEBHOOK_PRIVATE=true.",
            path="url",
        )
    chosen = min(addresses, key=lambda one: (one.version, int(one)))
    shown = f"[{chosen}]" if chosen.version == 6 else str(chosen)
    parts = urlsplit(url)
    usual = port == _PORTS[scheme]
    named = f"[{host}]" if ":" in host else host
    return Destination(
        url=urlunsplit((scheme, f"{shown}:{port}", parts.path or "/", parts.query, "")),
        host=named if usual else f"{named}:{port}",
        name=host,
    )


def is_outside(address: Address) -> bool:
    """Whether an address is reachable by everybody; one that is wrapped in another counts as what it wraps."""
    if isinstance(address, IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is None and address.teredo:
            wrapped = address.teredo[1]
        if wrapped is None and any(address in network for network in _WRAPPING):
            wrapped = IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_outside(wrapped)
        if address in _TRANSLATED_HERE:
            return False
    return address.is_global and not address.is_multicast
