"""What a person at a terminal sees, and what a program gets."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from hourglass.cli.main import application
from hourglass.cli.messages.showing_domain import show_domain
from hourglass.messages import DnsRecord, DomainReport
from hourglass.messages.domains.words import say

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG = "v=DKIM1; k=rsa; p=" + "A" * 400


@pytest.mark.parametrize(("language", "words"), [("en", "is not in DNS"), ("ru", "нет в DNS")])
def test_records_can_be_copied_from_a_terminal(language: str, words: str) -> None:
    record = DnsRecord(type="TXT", name="hg1r._domainkey.shop.example", value=LONG)
    finding = say("dkim", "dkim_missing", selector="[hg1r]", records=[record])
    written = io.StringIO()
    show_domain(
        DomainReport(domain="shop.example", at=NOW, findings=[finding]), language, Console(file=written, width=80)
    )
    told = written.getvalue()
    assert words in told
    assert "[hg1r]" in told
    assert LONG in told.splitlines()[-1]


def test_keys_are_made_by_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    application()(["email", "keys", "create", "shop.example", "--data", str(tmp_path)], result_action="return_value")
    told = capsys.readouterr().out
    assert "v=DKIM1; k=rsa; p=" in told
    assert "v=DKIM1; k=ed25519; p=" in told
    assert "PRIVATE" not in told
    application()(["email", "keys", "list", "shop.example", "--data", str(tmp_path)], result_action="return_value")
    assert capsys.readouterr().out.count("signs") == 2
