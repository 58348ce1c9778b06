"""A name server of our own, for tests: it knows the records it is given, over UDP, in a thread."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Zone = dict[tuple[str, str], list[str]]
"""(name, type) to values; a TXT longer than 255 characters stands in pieces. The value `SERVFAIL` breaks a name."""


@contextmanager
def name_server(zone: Mapping[tuple[str, str], list[str]]) -> Generator[int]:
    """Its port on this machine."""

    class Session(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            octets, line = self.request
            line.sendto(_answer(octets, zone), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def _answer(octets: bytes, zone: Mapping[tuple[str, str], list[str]]) -> bytes:
    asked = dns.message.from_wire(octets)
    [question] = asked.question
    name, kind = str(question.name).rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
    answer: Any = dns.message.make_response(asked)
    answer.flags |= dns.flags.RA
    values = zone.get((name, kind), [])
    if values == ["SERVFAIL"]:
        answer.set_rcode(dns.rcode.SERVFAIL)
    elif values:
        answer.answer.append(
            dns.rrset.from_text_list(question.name, 60, "IN", kind, [_written(kind, one) for one in values])
        )
    elif not any(known == name for known, _ in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire()


def _written(kind: str, value: str) -> str:
    if kind != "TXT":
        return value
    return " ".join(f'"{value[at : at + 255]}"' for at in range(0, len(value), 255))
