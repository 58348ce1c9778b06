from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.channels import Outcome, discover, open_with, options_schema, read_options
from hourglass.kernel import Malformed, Secret
from hourglass.plugins.channels.email.settings import EmailSettings, read_server
from tests.channels.certificate import certificate
from tests.channels.contract import outgoing
from tests.channels.scripted_smtp import smtp_server
from tests.plugins.channels.email.mailing import ANNA, open_email

# The server of these tests also takes a password in the open: that is what some of them are about.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "TLS"])
async def test_tls_and_login(implicit: bool, tmp_path: Path) -> None:
    context, authority = certificate(tmp_path)
    async with smtp_server(tls=context, implicit=implicit, login=True) as server:
        scheme, mode = ("smtps", "implicit") if implicit else ("smtp", "required")
        opened = open_email(f"{scheme}://shop:sesame@localhost:{server.port}?tls={mode}&ca={authority}")
        [receipt] = await opened.send([outgoing(ANNA)])
        assert receipt.outcome is Outcome.ACCEPTED, receipt.detail
        await opened.close()


@pytest.mark.parametrize(
    ("host", "age"), [("localhost", 1), ("other.example", 1), ("localhost", 400)], ids=["unknown", "foreign", "run out"]
)
async def test_a_certificate_that_is_not_right_is_refused(host: str, age: int, tmp_path: Path) -> None:
    context, authority = certificate(tmp_path, host, age)
    trusted = "" if (host, age) == ("localhost", 1) else f"?ca={authority}"
    async with smtp_server(tls=context) as server:
        [receipt] = await open_email(f"smtp://localhost:{server.port}{trusted}").send([outgoing(ANNA)])
        assert receipt.outcome is Outcome.UNREACHABLE
        assert "certificate" in receipt.detail.lower()
        assert not server.mails


async def test_tls_that_is_required_and_not_offered_holds_the_mail_back() -> None:
    async with smtp_server() as server:
        [receipt] = await open_email(f"smtp://localhost:{server.port}?tls=required").send([outgoing(ANNA)])
        assert receipt.outcome is Outcome.UNREACHABLE
        assert not server.mails


async def test_a_wrong_password_holds_the_mail_back() -> None:
    async with smtp_server(login=True) as server:
        [receipt] = await open_email(f"smtp://shop:wrong@localhost:{server.port}").send([outgoing(ANNA)])
        assert receipt.outcome is Outcome.UNREACHABLE
        assert "wrong" not in receipt.detail


async def test_a_password_is_not_sent_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    from hourglass.plugins.channels.email import dial

    async with smtp_server(login=True) as server:
        monkeypatch.setattr(dial, "is_this_machine", lambda host: False)
        [receipt] = await open_email(f"smtp://shop:sesame@localhost:{server.port}?tls=auto").send([outgoing(ANNA)])
        assert receipt.outcome is Outcome.UNREACHABLE
        assert "in the open" in receipt.detail
        assert "sesame" not in receipt.detail
        [receipt] = await open_email(f"smtp://shop:sesame@localhost:{server.port}?tls=never").send([outgoing(ANNA)])
        assert receipt.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("url", "tls"),
    [
        ("smtp://mail.shop.example", "required"),
        ("smtp://localhost", "auto"),
        ("smtp://127.0.0.1:25", "auto"),
        ("smtp://[::1]:25", "auto"),
        ("smtps://mail.shop.example", "implicit"),
        ("smtp://localhost.evil.example", "required"),
    ],
)
def test_only_this_machine_may_do_without_tls_unasked(url: str, tls: str) -> None:
    assert read_server(url).tls == tls


async def test_the_password_may_stand_apart_from_the_address() -> None:
    async with smtp_server(login=True) as server:
        url = f"smtp://localhost:{server.port}"
        opened = open_with(discover()["email"], EmailSettings(url=url, user="shop", password=Secret("sesame")))
        [receipt] = await opened.send([outgoing(ANNA)])
        assert receipt.outcome is Outcome.ACCEPTED, receipt.detail
        await opened.close()


@pytest.mark.parametrize("setting", ["keys", "return_domain"])
def test_a_document_does_not_choose_folders_of_this_machine(setting: str) -> None:
    with pytest.raises(Malformed, match="no setting"):
        read_options(discover()["email"], {"url": "smtp://localhost", setting: "/etc"}, lambda name: None)
    assert setting not in options_schema(discover()["email"])["properties"]


@pytest.mark.parametrize("helo", ["a%0d%0aMAIL", "a b", "-", "x" * 300])
def test_how_we_introduce_ourselves_is_a_name(helo: str) -> None:
    with pytest.raises(Malformed):
        read_server(f"smtp://localhost?helo={helo}")
