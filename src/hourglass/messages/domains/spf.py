"""May this machine send for this domain? SPF (RFC 7208): the record, what it includes, at most ten questions to DNS."""

from __future__ import annotations

import ipaddress
from typing import Literal

from hourglass.messages.domains.resolver import Resolver

Verdict = Literal["pass", "fail", "softfail", "neutral", "none", "permerror"]
_QUALIFIERS: dict[str, Verdict] = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_MOST_QUESTIONS = 10
_ASKING = {"include", "a", "mx", "ptr", "exists", "redirect"}


class Broken(Exception):
    """The record cannot be used: mailboxes treat it as if it were wrong (permerror)."""


class Evaluation:
    """One evaluation, which counts its questions."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self.questions = 0

    def check(self, address: str, domain: str) -> Verdict:
        """The verdict of a domain about an address. Raises Broken (with the reason) and Unanswered."""
        record = record_of(self._resolver.texts(domain))
        if record is None:
            return "none"
        redirect = ""
        for term in record.split()[1:]:
            if term.lower().startswith("redirect="):
                redirect = term.partition("=")[2]
            elif "=" not in term.partition(":")[0].partition("/")[0]:
                verdict, mechanism = _QUALIFIERS.get(term[0], "pass"), term.lstrip("+-~?")
                if self._matches(mechanism.lower(), address, domain):
                    return verdict
        if redirect:
            self._count("redirect")
            return self._other(address, redirect)
        return "neutral"

    def _matches(self, mechanism: str, address: str, domain: str) -> bool:
        name, _, rest = mechanism.partition(":")
        name, _, bits = name.partition("/") if not rest else (name, "", "")
        self._count(name)
        if name == "all":
            return True
        if name in ("ip4", "ip6"):
            return _inside(address, rest)
        if name == "include":
            return self._other(address, rest) == "pass"
        if name in ("a", "mx"):
            target, _, cut = rest.partition("/") if rest else (domain, "", bits)
            return self._names(name, target or domain, address, cut)
        if name in ("exists", "ptr"):
            return False  # with macros; nobody's own record should rest on these
        raise Broken(f"it has the unknown word “{mechanism}”")

    def _names(self, kind: str, target: str, address: str, cut: str) -> bool:
        hosts = [target] if kind == "a" else [host for _, host in self._resolver.exchanges(target) if host][:10]
        bits = (cut.partition("//")[0] if ":" not in address else cut.partition("//")[2]) if cut else ""
        found = [one for host in hosts for one in self._resolver.addresses(host)]
        return any(_inside(address, f"{one}/{bits}" if bits else one) for one in found)

    def _other(self, address: str, domain: str) -> Verdict:
        verdict = self.check(address, domain)
        if verdict == "none":
            raise Broken(f"{domain}, which it includes, has no SPF record")
        return verdict

    def _count(self, name: str) -> None:
        self.questions += name in _ASKING
        if self.questions > _MOST_QUESTIONS:
            raise Broken("it needs more than ten questions to DNS")


def record_of(texts: list[str]) -> str | None:
    """The SPF record among texts. Raises Broken when there are several: then none counts."""
    found = [one for one in texts if one.lower() == "v=spf1" or one.lower().startswith("v=spf1 ")]
    if len(found) > 1:
        raise Broken("there are several SPF records, so none of them counts")
    return found[0] if found else None


def _inside(address: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except (ValueError, TypeError) as error:
        raise Broken(f"“{network}” is no address") from error
