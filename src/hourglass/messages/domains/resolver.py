"""Questions to DNS. No answer is not the same as the answer no: a silent server raises, a missing record is empty."""

from __future__ import annotations

from typing import Any, Protocol


class Unanswered(Exception):
    """The name server did not answer, or said that something is broken."""


class Resolver(Protocol):
    """What the checks ask; names without a final dot."""

    def texts(self, name: str) -> list[str]:
        """TXT records, their pieces joined. Raises Unanswered; so do the others."""
        ...

    def addresses(self, name: str) -> list[str]:
        """A and AAAA records."""
        ...

    def exchanges(self, name: str) -> list[tuple[int, str]]:
        """MX records, the first asked first; an empty host refuses mail (RFC 7505)."""
        ...

    def names_of(self, address: str) -> list[str]:
        """PTR records."""
        ...


class DnsResolver:
    """By dnspython: the machine's name servers, or one that is given (for tests: ours)."""

    def __init__(self, server: str | None = None, port: int = 53, lifetime: float = 4.0) -> None:
        from dns.resolver import Resolver as Asker

        self._asker = Asker(configure=server is None)
        self._asker.lifetime = lifetime
        if server is not None:
            self._asker.nameservers = [server]
            self._asker.port = port

    def texts(self, name: str) -> list[str]:
        return [b"".join(one.strings).decode("utf-8", "replace") for one in self._ask(name, "TXT")]

    def addresses(self, name: str) -> list[str]:
        return [str(one.address) for kind in ("A", "AAAA") for one in self._ask(name, kind)]

    def exchanges(self, name: str) -> list[tuple[int, str]]:
        return sorted((int(one.preference), str(one.exchange).rstrip(".")) for one in self._ask(name, "MX"))

    def names_of(self, address: str) -> list[str]:
        from dns.reversename import from_address

        return [str(one.target).rstrip(".") for one in self._ask(str(from_address(address)), "PTR")]

    def _ask(self, name: str, kind: str) -> list[Any]:
        from dns.exception import DNSException, Timeout
        from dns.resolver import NXDOMAIN, NoAnswer

        try:
            return list(self._asker.resolve(name, kind, search=False))
        except (NXDOMAIN, NoAnswer):
            return []
        except Timeout as error:
            raise Unanswered(f"{name} {kind}: no answer in time") from error
        except DNSException as error:
            raise Unanswered(f"{name} {kind}: {error}") from error
