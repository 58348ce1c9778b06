from __future__ import annotations

import pytest

from hourglass.kernel import Settings
from hourglass.messages.domains.finding import DomainReport
from hourglass.messages.domains.words import say
from hourglass.messages.reputation.readiness import bulk_readiness, leaves_this_machine
from hourglass.messages.reputation.reputation import judged
from tests.messages.shop import NOW

GOOD = [
    say("spf", "spf_unplaced", domain="shop.example"),
    say("dkim", "dkim_good", selector="hg1r"),
    say("dmarc", "dmarc_none", domain="shop.example", policy="none"),
    say("mx", "mx_missing", domain="shop.example"),
    say("tls", "tls_good", host="mail.shop.example", version="TLSv1.3"),
    say("one_click", "one_click_good", url="https://shop.example"),
]
FAULTS = [
    say("spf", "spf_missing", domain="shop.example"),
    say("dkim", "dkim_no_keys", domain="shop.example"),
    say("dmarc", "dmarc_missing", domain="shop.example"),
    say("ptr", "ptr_missing", address="8.8.4.4"),
    say("tls", "tls_missing", host="mail.shop.example"),
    say("one_click", "one_click_plain", url="http://shop.example"),
]
CALM = judged(10_000, 1)


def report(*more: object) -> DomainReport:
    return DomainReport(domain="shop.example", at=NOW, findings=[*GOOD, *more])  # type: ignore[list-item]


def test_a_domain_in_order_may_write_to_everybody() -> None:
    told = bulk_readiness(report(), CALM, recipients=1_000_000)
    assert told.ready
    assert told.problems == []


@pytest.mark.parametrize("fault", FAULTS, ids=[one.code for one in FAULTS])
def test_each_rule_stops_a_large_campaign_and_is_said_to_a_small_one(fault: object) -> None:
    large = bulk_readiness(report(fault), CALM, recipients=5000)
    small = bulk_readiness(report(fault), CALM, recipients=50)
    assert not large.ready
    assert small.ready
    assert [one.code for one in large.problems] == [one.code for one in small.problems]
    assert set(large.problems[0].words) == {"en", "ru"}


def test_what_cannot_be_seen_stops_nothing() -> None:
    told = bulk_readiness(report(say("ptr", "server_here"), say("spf", "silent", why="x")), CALM, recipients=5000)
    assert told.ready
    assert len(told.problems) == 2


def test_letters_about_orders_need_no_button() -> None:
    assert bulk_readiness(report(FAULTS[-1]), CALM, recipients=5000, marketing=False).ready


@pytest.mark.parametrize(("complaints", "ready", "problems"), [(1, True, 0), (20, True, 1), (40, False, 1)])
def test_complaints_stop_campaigns_of_any_size(complaints: int, ready: bool, problems: int) -> None:
    told = bulk_readiness(report(), judged(10_000, complaints), recipients=10)
    assert (told.ready, len(told.problems)) == (ready, problems)


def test_the_development_inbox_asks_for_nothing() -> None:
    inbox = Settings(smtp_url="smtp://127.0.0.1:2525", inbox_port=2525)
    assert not leaves_this_machine(inbox)
    assert leaves_this_machine(Settings(smtp_url="smtp://127.0.0.1:25", inbox_port=2525))
    assert leaves_this_machine(Settings(smtp_url="smtp://mail.shop.example:2525", inbox_port=2525))
    assert bulk_readiness(None, CALM, recipients=100_000).ready
