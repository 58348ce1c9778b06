"""What a mail says about itself, and that nothing typed by anybody becomes a header."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from hourglass.channels import Attachment, Marked, Marker
from hourglass.plugins.channels.email.dkim import Keyring
from hourglass.plugins.channels.email.letterhead import Letterhead
from tests.channels.contract import HOSTILE, outgoing
from tests.plugins.channels.email.mailing import ANNA, parsed

MARKER = Marker(b"secret")
PICTURE = Attachment(name="logo.png", media_type="image/png", content=b"\x89PNG\r\n", content_id="logo@shop.example")
TERMS = Attachment(name="Условия «возврата».pdf", media_type="application/pdf", content=b"%PDF-1.7\n" * 50)


def letter(name: str = "Shop", address: str = "shop@shop.example", **changes: Any) -> EmailMessage:
    head = Letterhead(name, address, Keyring(None), MARKER, "bounce.shop.example")
    content = head.envelope(outgoing(ANNA, 63, **changes), ANNA).content
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.isascii()
    return parsed(content)


def test_bulk_mail_says_so() -> None:
    mail = letter(marketing=True, topic="News & Offers", campaign="spring_2026")
    assert mail["List-ID"] == "<news-offers.1.list.shop.example>"
    assert mail["Feedback-ID"] == "spring-2026:news-offers:1:shop-example"
    assert mail["Precedence"] == "bulk"
    by_mail = f"<mailto:{MARKER.way_out(1, 63, 'bounce.shop.example')}?subject=unsubscribe>"
    assert mail["List-Unsubscribe"] == f"<https://shop.example/u/token>, {by_mail}"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Auto-Submitted" not in mail


def test_a_letter_about_an_order_is_no_list() -> None:
    mail = letter(unsubscribe_url=None)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert not {"List-ID", "List-Unsubscribe", "Precedence", "Feedback-ID"} & set(mail.keys())


def test_bounces_come_back_to_an_address_that_names_the_message() -> None:
    head = Letterhead("Shop", "shop@shop.example", Keyring(None), MARKER, "bounce.shop.example")
    mail = head.envelope(outgoing(ANNA, 63), ANNA)
    assert mail.sender.startswith("bounce+1-3f-")
    assert MARKER.find(mail.sender.upper()) == Marked(1, 63)
    assert MARKER.find(str(parsed(mail.content)["Message-ID"])) == Marked(1, 63)


@pytest.mark.parametrize("forged", ["bounce+1-3f-0000000000000000@b.example", "1-3f-", "", "x" * 10_000])
def test_nobody_else_makes_a_mark(forged: str) -> None:
    assert MARKER.find(forged) is None
    assert Marker(b"other").find(MARKER.return_path(1, 63, "b.example")) is None
    assert MARKER.find(MARKER.mark(1, 63).replace("1-3f", "1-40")) is None


def test_the_brand_speaks_for_itself() -> None:
    mail = letter(from_name='Anna "Shop", Ltd', from_address="anna@news.shop.example", reply_to="help@shop.example")
    assert mail["From"].addresses[0].display_name == 'Anna "Shop", Ltd'
    assert mail["From"].addresses[0].addr_spec == "anna@news.shop.example"
    assert mail["Reply-To"] == "help@shop.example"
    assert mail["Message-ID"].endswith("@news.shop.example>")


def test_a_picture_inside_and_a_file_beside() -> None:
    mail = letter(html='<img src="cid:logo@shop.example">', attachments=(PICTURE, TERMS))
    assert mail.get_content_type() == "multipart/mixed"
    shown, file = mail.iter_parts()
    assert shown.get_content_type() == "multipart/alternative"
    text, related = shown.iter_parts()
    page, picture = related.iter_parts()
    assert [text.get_content_type(), page.get_content_type()] == ["text/plain", "text/html"]
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<logo@shop.example>", "inline")
    assert picture.get_content() == PICTURE.content  # type: ignore[attr-defined]
    assert (file.get_filename(), file.get_content_disposition()) == (TERMS.name, "attachment")
    assert file.get_content() == TERMS.content  # type: ignore[attr-defined]


def test_a_file_goes_along_with_text_alone() -> None:
    mail = letter(html=None, attachments=(PICTURE, TERMS))
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "image/png", "application/pdf"]


@pytest.mark.parametrize(
    "evil", [HOSTILE, "a\nBcc: thief@x.example", "a\r\n\r\n<script>", "=?utf-8?q?=0ABcc:x?=", "\0", "💥" * 300]
)
def test_nothing_becomes_a_header(evil: str) -> None:
    file = Attachment(name=evil, media_type=evil, content=b"x", content_id=None)
    picture = Attachment(name=evil, media_type="image/png", content=b"x", content_id=evil)
    mail = letter(
        evil, subject=evil, text=evil, html=evil, from_name=evil, from_address=evil, reply_to=evil, campaign=evil,
        topic=evil, marketing=True, unsubscribe_url=f"https://x/{evil}", attachments=(file, picture),
    )  # fmt: skip
    known = {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "List-ID", "Feedback-ID", "Precedence",
             "X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type"}  # fmt: skip
    assert set(mail.keys()) <= known
    assert len(mail.keys()) == len(set(mail.keys()))
    assert [one.addr_spec for one in mail["From"].addresses] == ["shop@shop.example"]
    for part in mail.walk():
        assert {name.lower() for name in part} - {name.lower() for name in known} <= {
            "content-transfer-encoding", "content-disposition", "content-id",
        }  # fmt: skip


def test_the_date_is_when_it_is_sent() -> None:
    assert letter(at=datetime(2026, 3, 1, 12, tzinfo=UTC))["Date"].datetime == datetime(2026, 3, 1, 12, tzinfo=UTC)
