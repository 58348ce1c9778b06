from __future__ import annotations

import shutil
import string
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from hourglass.channels import create_keys, signing_keys
from hourglass.kernel import Malformed, Settings
from hourglass.messages.domains.asked import TlsAnswer, ask_about
from hourglass.messages.domains.finding import DomainReport
from hourglass.messages.domains.inspect import inspect_domain
from hourglass.messages.domains.resolver import DnsResolver
from hourglass.messages.domains.words import TEXTS
from tests.messages.domains.name_server import Zone, name_server

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SERVER = "8.8.4.4"
Look = Callable[..., DomainReport]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: finding large primes takes a while."""
    folder = tmp_path_factory.mktemp("keys")
    create_keys(folder, "shop.example", NOW)
    return folder


@pytest.fixture
def settings(tmp_path: Path, keys: Path) -> Settings:
    shutil.copytree(keys, tmp_path / "email")
    return Settings(
        data=tmp_path, smtp_url="smtp://mail.shop.example:587", mail_from="Shop <news@shop.example>",
        return_domain="bounce.shop.example", public_url="https://shop.example",
    )  # fmt: skip


@pytest.fixture
def zone(settings: Settings) -> Zone:
    """Everything as it should be."""
    keys = signing_keys(settings.mail_folder(), "shop.example")
    return {
        ("bounce.shop.example", "TXT"): ["v=spf1 include:spf.mail.example ~all"],
        ("spf.mail.example", "TXT"): [f"v=spf1 ip4:{SERVER}/32 -all"],
        ("_dmarc.shop.example", "TXT"): ["v=DMARC1; p=quarantine; rua=mailto:d@shop.example"],
        ("shop.example", "MX"): ["10 mail.shop.example."],
        ("bounce.shop.example", "MX"): ["10 mail.shop.example."],
        ("mail.shop.example", "A"): [SERVER],
        ("4.4.8.8.in-addr.arpa", "PTR"): ["mail.shop.example."],
        **{(key.record_name, "TXT"): [key.record] for key in keys},
    }


@pytest.fixture
def look(settings: Settings, zone: Zone) -> Look:
    def looked(domain: str | None = None, tls: str = "good", **changes: str) -> DomainReport:
        told = replace(settings, **changes)
        with name_server(zone) as port:
            resolver = DnsResolver("127.0.0.1", port, lifetime=1.0)
            answer = TlsAnswer(state=tls, version="TLSv1.3", why="expired")  # type: ignore[arg-type]
            return inspect_domain(ask_about(told, domain), resolver, lambda url: answer, NOW)

    return looked


def codes(report: DomainReport) -> set[str]:
    return {one.code for one in report.findings}


def test_a_domain_where_all_is_well(look: Look) -> None:
    report = look()
    assert {one.code: one.state for one in report.findings if one.state != "good"} == {}
    assert report.ready
    assert {one.check for one in report.findings} == {
        "spf",
        "dkim",
        "dmarc",
        "return_path",
        "mx",
        "ptr",
        "tls",
        "one_click",
    }


@pytest.mark.parametrize(
    ("place", "values", "check", "code"),
    [
        (("bounce.shop.example", "TXT"), [], "spf", "spf_missing"),
        (("bounce.shop.example", "TXT"), ["v=spf1 ip4:192.0.2.1 ~all"], "spf", "spf_stranger"),
        (("bounce.shop.example", "TXT"), ["v=spf1 +all"], "spf", "spf_open"),
        (("bounce.shop.example", "TXT"), ["v=spf1 all"], "spf", "spf_open"),
        (("bounce.shop.example", "TXT"), ["v=spf1 ~all", "v=spf1 -all"], "spf", "spf_broken"),
        (("bounce.shop.example", "TXT"), ["v=spf1 include:nowhere.example ~all"], "spf", "spf_broken"),
        (("bounce.shop.example", "TXT"), ["v=spf1 ip4:300.1.1.1 ~all"], "spf", "spf_broken"),
        (("bounce.shop.example", "TXT"), ["v=spf1 include:bounce.shop.example ~all"], "spf", "spf_broken"),
        (("bounce.shop.example", "TXT"), ["v=spf1 nonsense ~all"], "spf", "spf_broken"),
        (("bounce.shop.example", "TXT"), ["SERVFAIL"], "spf", "silent"),
        (("bounce.shop.example", "MX"), [], "return_path", "returns_missing"),
        (("_dmarc.shop.example", "TXT"), [], "dmarc", "dmarc_missing"),
        (("_dmarc.shop.example", "TXT"), ["v=DMARC1; p=none"], "dmarc", "dmarc_none"),
        (("_dmarc.shop.example", "TXT"), ["v=DMARC1; p=reject; aspf=s"], "return_path", "not_aligned"),
        (("_dmarc.shop.example", "TXT"), ["v=DMARC1; p=often"], "dmarc", "dmarc_broken"),
        (("_dmarc.shop.example", "TXT"), ["v=DMARC1; p=none", "v=DMARC1; p=reject"], "dmarc", "dmarc_broken"),
        (("shop.example", "MX"), [], "mx", "mx_missing"),
        (("shop.example", "MX"), ["0 ."], "mx", "mx_missing"),
        (("4.4.8.8.in-addr.arpa", "PTR"), [], "ptr", "ptr_missing"),
        (("4.4.8.8.in-addr.arpa", "PTR"), ["liar.example."], "ptr", "ptr_missing"),
        (("mail.shop.example", "A"), [], "ptr", "server_unknown"),
        (("mail.shop.example", "A"), ["10.0.0.5"], "ptr", "server_here"),
    ],
)
def test_each_fault_is_found(
    look: Look, zone: Zone, place: tuple[str, str], values: list[str], check: str, code: str
) -> None:
    zone.pop(place)
    if values:
        zone[place] = values
    report = look()
    assert code in {one.code for one in report.findings if one.check == check}


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 a:mail.shop.example -all",
        "v=spf1 mx -all",
        f"v=spf1 ip4:{SERVER} -all",
        "v=spf1 ip4:8.8.0.0/16 -all",
        "v=spf1 redirect=spf.mail.example",
        "v=spf1 ?ip4:192.0.2.0/24 exp=why.shop.example include:spf.mail.example -all",
        "V=SPF1 MX/24 -ALL",
    ],
)
def test_a_server_is_found_in_any_spelling(look: Look, zone: Zone, record: str) -> None:
    zone["bounce.shop.example", "TXT"] = ["something else", record]
    assert look().state("spf") == "good"


def test_more_than_ten_questions_break_spf(look: Look, zone: Zone) -> None:
    names = [f"{letter}.mail.example" for letter in string.ascii_lowercase[:11]]
    zone["bounce.shop.example", "TXT"] = [" ".join(["v=spf1", *(f"include:{name}" for name in names), "~all"])]
    zone.update({(name, "TXT"): ["v=spf1 ip4:192.0.2.1 -all"] for name in names})
    assert "spf_broken" in codes(look())


def test_keys_that_are_not_in_dns_are_shown_as_records(look: Look, zone: Zone, settings: Settings) -> None:
    rsa, _ = sorted(signing_keys(settings.mail_folder(), "shop.example"), key=lambda one: one.algorithm, reverse=True)
    del zone[rsa.record_name, "TXT"]
    [finding] = [one for one in look().findings if one.code == "dkim_missing"]
    assert [(one.type, one.name, one.value) for one in finding.records] == [("TXT", rsa.record_name, rsa.record)]
    zone[rsa.record_name, "TXT"] = ["v=DKIM1; k=rsa; p=AAAA"]
    assert "dkim_other" in codes(look())


def test_new_keys_may_be_used_once_they_are_published(look: Look, zone: Zone, settings: Settings) -> None:
    waiting = create_keys(settings.mail_folder(), "shop.example", datetime(2026, 6, 1, tzinfo=UTC))
    assert "dkim_waiting" not in codes(look())
    zone.update({(key.record_name, "TXT"): [key.record] for key in waiting})
    report = look()
    assert "dkim_waiting" in codes(report)
    assert report.ready


def test_a_subdomain_uses_what_its_parent_has(look: Look, zone: Zone) -> None:
    zone["news.shop.example", "MX"] = ["10 mail.shop.example."]
    report = look("news.shop.example")
    assert report.state("dkim") == report.state("dmarc") == report.state("return_path") == "good"


def test_a_domain_of_somebody_else_has_everything_missing(look: Look) -> None:
    report = look("other.example", return_domain="")
    assert {"spf_missing", "dkim_no_keys", "dmarc_missing", "mx_missing"} <= codes(report)
    [spf] = [one for one in report.findings if one.check == "spf"]
    assert spf.records[0].value == "v=spf1 a:mail.shop.example ~all"


@pytest.mark.parametrize(("tls", "code"), [("missing", "tls_missing"), ("wrong", "tls_wrong"), ("away", "tls_away")])
def test_the_way_to_the_server(look: Look, tls: str, code: str) -> None:
    assert code in codes(look(tls=tls))


def test_a_server_on_this_machine(look: Look) -> None:
    assert {"tls_here", "server_here"} <= codes(look(smtp_url="smtp://127.0.0.1:25"))


def test_one_click_needs_https(look: Look) -> None:
    assert "one_click_plain" in codes(look(public_url="http://shop.example"))


def test_a_silent_name_server_is_no_missing_record(settings: Settings) -> None:
    resolver = DnsResolver("127.0.0.1", 1, lifetime=0.2)
    report = inspect_domain(ask_about(settings, None), resolver, lambda url: TlsAnswer(state="good"), NOW)
    assert {one.check for one in report.findings if one.code == "silent"} == {"spf", "dkim", "dmarc", "mx", "ptr"}
    assert report.state("spf") == "unknown"


@pytest.mark.parametrize("domain", ["", "shop", "a b.example", "x.example\r\nX: y", "../etc"])
def test_what_is_no_domain_is_refused(settings: Settings, domain: str) -> None:
    with pytest.raises(Malformed):
        ask_about(Settings(data=settings.data, mail_from="Shop <shop@localhost>"), domain)


def test_every_text_has_both_languages_and_the_same_blanks() -> None:
    for code, (_, *texts) in TEXTS.items():
        for english, russian in texts:
            assert bool(english) == bool(russian), code
            blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, russian)]
            assert blanks[0] == blanks[1], code
