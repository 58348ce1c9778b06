from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hourglass.messages import Purpose, Signer, Token, load_signer
from hourglass.messages.rendering.links import Links

SIGNER = Signer(b"k" * 32)


@given(st.integers(0, 2**31 - 1), st.integers(0, 2**63 - 1), st.text())
def test_a_token_says_what_was_put_in(workspace: int, message: int, target: str) -> None:
    text = target.encode("utf-8", "replace").decode()
    token = SIGNER.sign(Purpose.CLICK, workspace, message, text)
    assert SIGNER.read(Purpose.CLICK, token) == Token(workspace_id=workspace, message_id=message, target=text)


@given(st.integers(0, 200), st.characters())
def test_a_changed_token_says_nothing(place: int, letter: str) -> None:
    token = SIGNER.sign(Purpose.CLICK, 1, 7, "https://shop.example/")
    place %= len(token) - 1  # the last letter has bits that mean nothing
    changed = token[:place] + letter + token[place + 1 :]
    assert changed == token or SIGNER.read(Purpose.CLICK, changed) is None


@given(st.text())
def test_noise_says_nothing(noise: str) -> None:
    assert all(SIGNER.read(purpose, noise) is None for purpose in Purpose)


def test_a_token_opens_only_its_own_door() -> None:
    token = SIGNER.sign(Purpose.OPEN, 1, 7)
    assert SIGNER.read(Purpose.UNSUBSCRIBE, token) is None
    assert Signer(b"other").read(Purpose.OPEN, token) is None
    assert len(token) == 34


@pytest.mark.parametrize("secret", [b"k", b"k" * 64, b"k" * 100])
def test_its_mark_is_an_hmac(secret: bytes) -> None:
    octets = urlsafe_b64decode(Signer(secret).sign(Purpose.CLICK, 1, 7, "https://shop.example/") + "==")
    assert octets[:12] == hmac.digest(secret, octets[12:], "sha256")[:12]


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    signers: list[Signer] = []
    threads = [Thread(target=lambda: signers.append(load_signer(tmp_path / "data"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    token = signers[0].sign(Purpose.OPEN, 1, 1)
    assert all(signer.read(Purpose.OPEN, token) for signer in signers)
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def links() -> Links:
    return Links("https://mail.example", SIGNER, 1, 7)


def test_links_are_rewritten_and_lead_where_they_led() -> None:
    page = links().tracked("<body><a class='x' href=\"https://shop.example/?a=1&amp;b=2\">x</a></body>")
    token = page.partition("/t/c/")[2].partition('"')[0]
    read = SIGNER.read(Purpose.CLICK, token)
    assert read is not None
    assert read.target == "https://shop.example/?a=1&b=2"
    assert "/t/o/" in page
    assert page.endswith("</body>")


def test_some_links_stay_as_they_are() -> None:
    mine = links()
    for href in (mine.unsubscribe, mine.view, "mailto:a@b.example", "tel:+7701", "#top"):
        assert f'href="{href}"' in mine.tracked(f'<a href="{href}">x</a>')


def test_a_script_in_a_link_leads_nowhere() -> None:
    for href in ("javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "&#106;avascript:x", "vbscript:x"):
        assert 'href="#"' in links().tracked(f'<a href="{href}">x</a>')


def test_single_quotes_work_too() -> None:
    assert "/t/c/" in links().tracked("<a href='http://shop.example'>x</a>")
