"""What a look at a sending domain found, in words for people, with the records that mend it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

State = Literal["good", "advice", "wrong", "unknown"]
Words = dict[str, str]
_WORST_FIRST: tuple[State, ...] = ("wrong", "unknown", "advice", "good")


class DnsRecord(Struct, frozen=True, kw_only=True):
    """A record as it is typed into a DNS panel."""

    type: Literal["TXT", "MX", "PTR", "A"]
    name: str
    value: str


class DomainFinding(Struct, frozen=True, kw_only=True):
    """One thing looked at. `found` is what stands there, as it is; `records` are what should."""

    check: str
    """spf, dkim, dmarc, mx, ptr, tls, return_path or one_click."""
    state: State
    code: str
    """What exactly: the key of its words."""
    words: Words
    advice: Words = {}
    found: list[str] = []
    records: list[DnsRecord] = []


class DomainReport(Struct, frozen=True, kw_only=True):
    """Everything found about one domain at one moment."""

    domain: str
    at: datetime
    findings: list[DomainFinding]

    def state(self, check: str) -> State:
        """The worst of one check; unknown when it was not looked at."""
        states: set[State] = {one.state for one in self.findings if one.check == check}
        return min(states, key=_WORST_FIRST.index) if states else "unknown"

    @property
    def ready(self) -> bool:
        """Nothing is wrong."""
        return all(one.state != "wrong" for one in self.findings)
