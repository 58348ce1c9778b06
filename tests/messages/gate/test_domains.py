from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import dns.exception
import dns.resolver
import pytest

from hourglass.messages.gate.domains import look_up, refresh
from tests.messages.gate.judging import judged
from tests.messages.shop import NOW, Shop, days

NO_SUCH, NOTHING, SLOW = dns.resolver.NXDOMAIN(), dns.resolver.NoAnswer(), dns.exception.Timeout()


class Names:
    """A resolver that knows what it is told; of others it says that they do not exist."""

    def __init__(self, **known: Any) -> None:
        self._known = {"gmail.com": {"MX": ["mx.gmail.com."]}} | known
        self.asked: list[str] = []

    async def resolve(self, qname: str, rdtype: str, *, lifetime: float) -> Any:
        assert lifetime <= 5
        self.asked.append(qname)
        answer = self._known.get(qname, {}).get(rdtype, NO_SUCH if qname not in self._known else NOTHING)
        if isinstance(answer, Exception):
            raise answer
        return [SimpleNamespace(exchange=host) for host in answer]


@pytest.mark.parametrize(
    ("records", "takes"),
    [
        ({"MX": ["mx.shop.com."]}, True),
        ({"MX": ["."]}, False),
        ({"A": ["192.0.2.1"]}, True),
        ({"AAAA": ["2001:db8::1"]}, True),
        ({}, False),
        (None, False),
        ({"MX": SLOW}, None),
        ({"MX": dns.resolver.NoNameservers()}, None),
        ({"A": SLOW}, None),
    ],
)
async def test_what_the_dns_says(records: dict[str, Any] | None, takes: bool | None) -> None:
    names = Names() if records is None else Names(**{"shop.com": records})
    found = await look_up(["shop.com"], names)
    assert found["shop.com"].takes_mail is takes


async def test_a_resolver_that_denies_everything_is_not_believed() -> None:
    found = await look_up(["shop.com", "other.com"], Names(**{"gmail.com": {"MX": NO_SUCH}}))
    assert {one.takes_mail for one in found.values()} == {None}


async def test_domains_that_are_met_are_looked_up_once_beside_and_kept(shop: Shop) -> None:
    anna = shop.person("anna@dead-domain.com")
    assert judged(shop, shop.queue(anna)) is None, "not known yet"
    shop.queue(shop.person("b@customers.example"))
    names = Names()
    assert await refresh(shop.database, NOW, names) == 1
    assert await refresh(shop.database, NOW, names) == 0
    assert judged(shop, shop.queue(anna)) == "address_without_mail"
    assert judged(shop, shop.queue(anna, message_class="transactional")) is None
    later = NOW + days(1.1)
    assert await refresh(shop.database, later, names) == 0, "what is old is forgotten until somebody writes there"
    assert judged(shop, shop.queue(anna, created_at=later), later) is None
    assert await refresh(shop.database, later, names) == 1
    assert names.asked == ["dead-domain.com", "gmail.com"] * 2
