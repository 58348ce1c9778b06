from __future__ import annotations

from typing import Any

import pytest

from hourglass.messages.lint.contrast import ratio
from hourglass.messages.lint.finding import Page
from hourglass.messages.lint.lint import examine
from hourglass.messages.tracking.tokens import Purpose, Signer

LONG = "<p>Something to read that is long enough to be more than a picture with a few words under it.</p>"


def codes(html: str | None = LONG, **change: Any) -> list[str]:
    told: dict[str, Any] = {"subject": "Your order is on its way", "preheader": "It arrives on Friday.", "text": "",
                            "authored": "unsubscribe_url"}  # fmt: skip
    return [one.code for one in examine(Page(html=html, **told | change)).findings]


def test_a_good_message_has_nothing_to_complain_about() -> None:
    assert codes() == []
    assert codes(None, preheader="") == []


@pytest.mark.parametrize(("change", "code"), [
    ({"subject": "x" * 61}, "subject_long"),
    ({"subject": "LAST CHANCE TODAY"}, "subject_shouts"),
    ({"subject": "Wow!! now"}, "subject_shouts"),
    ({"preheader": " "}, "preheader_missing"),
    ({"preheader": "x" * 111}, "preheader_long"),
    ({"subject": "Act now and win"}, "spam_words"),
    ({"subject": "Вы выиграли приз"}, "spam_words"),
    ({"text": "Click here, risk-free"}, "spam_words"),
    ({"authored": "<p>"}, "unsubscribe_missing"),
])  # fmt: skip
def test_lines_and_words(change: dict[str, Any], code: str) -> None:
    assert codes(**change) == [code]


@pytest.mark.parametrize(("html", "code"), [
    ('<img src="a.png">', "alt_missing"),
    ('<a href="">x</a>', "link_empty"),
    ('<a href="#">x</a>', "link_empty"),
    ("<a>x</a>", "link_empty"),
    ('<a href="/cart">x</a>', "link_relative"),
    ('<a href="shop.de/cart">x</a>', "link_relative"),
    ('<a href="https://www.example.com/x">x</a>', "link_placeholder"),
    ('<a href="http://localhost:8400">x</a>', "link_placeholder"),
    ("<script>x</script>", "not_for_mail"),
    ('<p style="color:#999999">x</p>', "contrast_low"),
    ('<div style="background:#1f5f5b"><p style="color:#333">x</p></div>', "contrast_low"),
    ('<table bgcolor="#000000"><td>x</td></table>', "contrast_low"),
])  # fmt: skip
def test_markup(html: str, code: str) -> None:
    assert codes(LONG + html) == [code]


def test_the_ways_out_of_a_message_are_no_placeholders() -> None:
    token = Signer(b"s").sign(Purpose.UNSUBSCRIBE, 1, 7)
    assert codes(f'{LONG}<a href="http://127.0.0.1:8400/u/{token}">x</a>') == []
    assert codes(f'{LONG}<a href="http://127.0.0.1:8400/u/shop">x</a>') == ["link_placeholder"]


@pytest.mark.parametrize("html", [
    '<img src="a.png" alt="">', '<a href="mailto:a@b.de">x</a>', '<a href="https://shop.de/">x</a>',
    '<p style="color:#999999;font-size:30px">x</p>'.replace("999999", "949494"),
    '<div style="display:none;color:#ffffff">x</div>', '<head><style>p { color: white }</style></head>',
    '<div style="background-color:#000"><p style="color:#fff">x<br>y<img src="b" alt="c">z</p></div><p>w</p>',
])  # fmt: skip
def test_what_is_fine(html: str) -> None:
    assert codes(LONG + html) == []


def test_pictures_alone_and_pages_too_large() -> None:
    assert codes('<img src="a.png" alt="sale"><p>Sale</p>') == ["images_only"]
    assert codes(LONG * 1200) == ["gmail_clip"]


def test_transactional_messages_need_no_way_out() -> None:
    assert codes(authored="", marketing=False) == []


def test_contrast_is_that_of_the_standard() -> None:
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert ratio((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
