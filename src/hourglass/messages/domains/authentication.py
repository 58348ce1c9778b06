"""Who is it really: SPF, DKIM and DMARC of a sending domain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hourglass.channels import SigningKey
from hourglass.messages.domains.asked import Asked
from hourglass.messages.domains.finding import DnsRecord, DomainFinding
from hourglass.messages.domains.resolver import Resolver
from hourglass.messages.domains.server import outside_addresses
from hourglass.messages.domains.spf import Broken, Evaluation, record_of
from hourglass.messages.domains.words import say


def spf(asked: Asked, resolver: Resolver) -> Iterator[DomainFinding]:
    """Of the domain that bounces go to: that is the one SPF is asked about (RFC 7208, 2.4)."""
    domain = asked.return_domain
    if not asked.server:
        return  # a provider that sends over HTTP has return paths of its own
    try:
        record = record_of(resolver.texts(domain))
        if record is None:
            yield say("spf", "spf_missing", domain=domain, records=[_spf_record(asked)])
            return
        if re.search(r"(?:^|\s)\+?all\b", record, re.IGNORECASE):
            yield say("spf", "spf_open", domain=domain, found=[record])
            return
        yield _placed(asked, resolver, record)
    except Broken as error:
        yield say("spf", "spf_broken", domain=domain, why=str(error), found=resolver.texts(domain))


def _placed(asked: Asked, resolver: Resolver, record: str) -> DomainFinding:
    addresses = outside_addresses(asked.host, resolver)
    for address in addresses:
        if Evaluation(resolver).check(address, asked.return_domain) != "pass":
            whole = re.sub(r"\s(?=[~?-]?all\b)", f" a:{asked.host} ", record, count=1)
            better = DnsRecord(type="TXT", name=asked.return_domain, value=whole)
            return say("spf", "spf_stranger", domain=asked.return_domain, host=asked.host, address=address,
                       found=[record], records=[better])  # fmt: skip
    if addresses:
        return say("spf", "spf_good", domain=asked.return_domain, host=asked.host, found=[record])
    Evaluation(resolver).check("192.0.2.1", asked.return_domain)  # nobody's address: only whether it can be used
    return say("spf", "spf_unplaced", domain=asked.return_domain, found=[record])


def _spf_record(asked: Asked) -> DnsRecord:
    named = f" a:{asked.host}" if "." in asked.host and not asked.host[-1].isdigit() else ""
    return DnsRecord(type="TXT", name=asked.return_domain, value=f"v=spf1{named} ~all")


def dkim(asked: Asked, resolver: Resolver) -> Iterator[DomainFinding]:
    """Each key that we sign with stands in DNS, and is the same."""
    if not asked.server:
        yield say("dkim", "dkim_elsewhere")
    elif not any(key.in_use for key in asked.keys):
        yield say("dkim", "dkim_no_keys", domain=asked.domain)
    for key in asked.keys:
        found = _key_finding(key, resolver.texts(key.record_name))
        if found is not None:
            yield found


def _key_finding(key: SigningKey, texts: list[str]) -> DomainFinding | None:
    records = [DnsRecord(type="TXT", name=key.record_name, value=key.record)]
    published = [one for one in texts if "p=" in one]
    same = any(_tags(one).get("p") == key.public for one in published)
    if not key.in_use:
        return say("dkim", "dkim_waiting", selector=key.selector, domain=key.domain) if same else None
    if same:
        return say("dkim", "dkim_good", selector=key.selector, found=published)
    code = "dkim_other" if published else "dkim_missing"
    return say("dkim", code, selector=key.selector, found=published, records=records)


def dmarc(asked: Asked, resolver: Resolver) -> Iterator[DomainFinding]:
    """The record of the domain or, up the tree, of what it belongs to; and whether bounces go to the same house."""
    house, found = _dmarc_records(asked.domain, resolver)
    wanted = DnsRecord(type="TXT", name=f"_dmarc.{asked.domain}",
                       value=f"v=DMARC1; p=none; rua=mailto:dmarc@{asked.domain}")  # fmt: skip
    if not found:
        yield say("dmarc", "dmarc_missing", domain=asked.domain, records=[wanted])
        return
    tags = _tags(found[0])
    policy = tags.get("p", "").lower()
    if len(found) > 1 or policy not in ("none", "quarantine", "reject"):
        why = f"{len(found)} records" if len(found) > 1 else f"p={policy or '?'}"
        yield say("dmarc", "dmarc_broken", domain=asked.domain, why=why, found=found, records=[wanted])
        return
    code = "dmarc_none" if policy == "none" else "dmarc_good"
    yield say("dmarc", code, domain=asked.domain, policy=policy, found=found)
    returns, strict = asked.return_domain, tags.get("aspf", "r").lower() == "s"
    aligned = returns == asked.domain if strict else f".{returns}".endswith(f".{house}")
    yield say("return_path", "aligned" if aligned else "not_aligned", domain=asked.domain, return_domain=returns)


def _dmarc_records(domain: str, resolver: Resolver) -> tuple[str, list[str]]:
    """The records that count (the nearest), and the house (the highest domain that has some).

    Up the tree, as the successor of RFC 7489 does, so no list of public suffixes is needed; never at the top itself.
    """
    labels = domain.split(".")
    places = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    found = [(place, its) for place in places if (its := _of_dmarc(resolver.texts(f"_dmarc.{place}")))]
    return (found[-1][0], found[0][1]) if found else (domain, [])


def _of_dmarc(texts: list[str]) -> list[str]:
    return [one for one in texts if one.lower().replace(" ", "").startswith("v=dmarc1")]


def _tags(record: str) -> dict[str, str]:
    pairs = (tag.partition("=") for tag in record.split(";"))
    return {name.strip().lower(): re.sub(r"\s", "", value) for name, _, value in pairs}
