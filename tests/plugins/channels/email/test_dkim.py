"""Signatures, verified by another program (dkimpy)."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dkim
import pytest

from hourglass.channels import Attachment, Sender, create_keys, signing_keys, use_keys
from hourglass.kernel import Conflict, Malformed, NotFound
from hourglass.plugins.channels.email import dkim as dkim_of_ours
from hourglass.plugins.channels.email.dkim import Keyring, canonical_body
from tests.channels.contract import outgoing
from tests.channels.scripted_smtp import Script, smtp_server
from tests.plugins.channels.email.mailing import ANNA, octets, open_email, parsed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "<html><body>\n\t<p>Hi   there </p>  \n" + "<p>.</p>\n.\n" * 40 + "</body></html>\n\n\n"


@pytest.fixture
async def server() -> AsyncIterator[Script]:
    async with smtp_server() as script:
        yield script


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_keys(tmp_path / "email", "shop.example", NOW)
    return tmp_path / "email"


@pytest.fixture
async def sender(server: Script, folder: Path) -> AsyncIterator[Sender]:
    opened = open_email(f"smtp://127.0.0.1:{server.port}", keys=str(folder))
    yield opened
    await opened.close()


class Published:
    """DNS with the records that were printed, long ones in pieces as zones have them."""

    def __init__(self, folder: Path, domain: str = "shop.example") -> None:
        self._records = {f"{key.record_name}.": key.record for key in signing_keys(folder, domain)}

    def __call__(self, name: bytes, timeout: int = 5) -> bytes | None:
        record = self._records.get(name.decode())
        return None if record is None else record.encode()


def verified(content: bytes, folder: Path) -> list[bool]:
    """One answer for each signature, top to bottom."""
    return [_holds(content, one, Published(folder)) for one in range(content.count(b"DKIM-Signature:"))]


def _holds(content: bytes, number: int, dns: Published) -> bool:
    try:
        return dkim.DKIM(content).verify(idx=number, dnsfunc=dns)
    except dkim.DKIMException:
        return False


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"text": "Добрый день\n\n\n", "html": None},
        {"subject": "Очень длинная тема " * 20, "html": PAGE, "marketing": True, "topic": "news", "campaign": "spring"},
        {"unsubscribe_url": None, "text": "", "html": PAGE},
        {"attachments": (Attachment(name="счёт.pdf", media_type="application/pdf", content=bytes(range(256)) * 90),)},
        {
            "text": " leading\ttabs \n.\n..\n" * 30,
            "from_name": "  Лавка  \t «Ромашка»",
            "reply_to": "help@shop.example",
        },
    ],
    ids=["plain", "only text", "bulk", "transactional", "with a file", "odd spaces"],
)
async def test_both_signatures_hold(server: Script, sender: Sender, folder: Path, changes: dict[str, Any]) -> None:
    await sender.send([outgoing(ANNA, **changes)])
    assert verified(octets(server), folder) == [True, True]


async def test_what_mailboxes_look_at_is_covered(server: Script, sender: Sender) -> None:
    await sender.send([outgoing(ANNA, marketing=True, topic="news")])
    for signature in parsed(octets(server)).get_all("DKIM-Signature", []):
        covered = {name.strip().lower() for name in signature.split(" h=")[1].split(";")[0].split(":")}
        assert covered >= {"from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post",
                           "mime-version", "content-type", "list-id", "feedback-id"}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Subject: Your cart", b"Subject: Your car"),
        (b"<p>Hello</p>", b"<p>Hallo</p>"),
        (b"List-Unsubscribe: <https", b"List-Unsubscribe: <http"),
        (b"\r\nTo: ", b"\r\nFrom: evil@x.example\r\nTo: "),
        (b"\r\nTo: ", b"\r\nSubject: Another\r\nTo: "),
        (b"\r\nTo: ", b"\r\nReply-To: evil@x.example\r\nTo: "),
    ],
)
async def test_whoever_changes_a_mail_breaks_them(
    server: Script, sender: Sender, folder: Path, old: bytes, new: bytes
) -> None:
    await sender.send([outgoing(ANNA)])
    content = octets(server)
    assert old in content
    assert True not in verified(content.replace(old, new, 1), folder)


async def test_a_subdomain_is_signed_by_its_parent_and_a_stranger_not_at_all(server: Script, sender: Sender) -> None:
    await sender.send([outgoing(ANNA, from_address="hi@news.shop.example")])
    assert "d=shop.example" in parsed(octets(server))["DKIM-Signature"]
    await sender.send([outgoing(ANNA, 2, from_address="hi@other.example")])
    assert "DKIM-Signature" not in parsed(octets(server))


def test_keys_that_come_into_use_sign_without_a_restart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dkim_of_ours, "_FRESH", -1.0)
    ring = Keyring(folder)
    before = ring.signatures("shop.example")
    assert ring.signatures("shop.example") is before
    assert not ring.signatures("other.example").headers(b"From: x\r\n", b"x\r\n", 1)
    made = create_keys(folder, "shop.example", NOW + timedelta(days=90))
    assert ring.signatures("shop.example") is before
    use_keys(folder, "shop.example", made[0].selector)
    assert made[0].selector.encode() in ring.signatures("shop.example").headers(b"From: x\r\n", b"x\r\n", 1)


def test_private_keys_are_their_owner_s_alone(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {key.algorithm for key in signing_keys(folder, "shop.example")} == {"rsa", "ed25519"}


def test_new_keys_wait_until_they_are_in_dns(folder: Path) -> None:
    first = [key for key in signing_keys(folder, "SHOP.example.") if key.in_use]
    with pytest.raises(Conflict):
        create_keys(folder, "shop.example", NOW)
    second = create_keys(folder, "shop.example", NOW + timedelta(days=90))
    assert [key.in_use for key in second] == [False, False]
    used = use_keys(folder, "shop.example", second[0].selector)
    assert {key.selector for key in used} == {key.selector for key in second}
    assert not {key.selector for key in used} & {key.selector for key in first}
    with pytest.raises(NotFound):
        use_keys(folder, "shop.example", "../other")


def test_a_domain_with_foreign_letters_is_kept_as_dns_knows_it(folder: Path) -> None:
    assert create_keys(folder, "магазин.рф", NOW)[0].domain == "xn--80aairftm.xn--p1ai"


@pytest.mark.parametrize("domain", ["", "shop", "../../etc", "shop example.com", "a" * 64 + ".example", "-x.example"])
def test_what_is_no_domain_gets_no_keys(folder: Path, domain: str) -> None:
    with pytest.raises(Malformed):
        create_keys(folder, domain, NOW)


@pytest.mark.parametrize(
    ("body", "canonical"),
    [
        (b"", b""),
        (b"\r\n\r\n", b""),
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),
        (b"no end", b"no end\r\n"),
        (b"a\t\t \tb  \r\n \r\nc\r\n \t \r\n", b"a b\r\n\r\nc\r\n"),
    ],
    ids=["nothing", "empty lines", "RFC 6376, 3.4.5", "no line end", "white space"],
)
def test_the_body_is_relaxed(body: bytes, canonical: bytes) -> None:
    assert canonical_body(body) == canonical
