"""How texts travel: as they are where every relay takes that, encoded where one might cut a line."""

from __future__ import annotations

import pytest

from hourglass.plugins.channels.email.encoding import part

LONGEST = "x" * 998


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LONGEST, b"7bit"),
        (LONGEST + "x", b"quoted-printable"),
        (f"a\n{LONGEST}\n{LONGEST}\nb", b"7bit"),
        (f"a\n{LONGEST}x\nb", b"quoted-printable"),
        ("a\n" * 2000 + LONGEST, b"7bit"),
        ("a\n" * 2000 + LONGEST + "x", b"quoted-printable"),
        ("Цена снижена", b"base64"),
        ("Good news for everybody who waited for it: from today on 19.95 €", b"quoted-printable"),
    ],
)
def test_a_text_travels_as_it_is_only_where_lines_are_short(text: str, encoding: bytes) -> None:
    assert part(text, "plain")[0] == encoding


def test_a_page_with_few_letters_of_another_alphabet_stays_readable() -> None:
    page = "<html><head></head><body>" + "Good news for everybody. " * 9 + "19.95 €</body></html>"
    assert part(page, "html") == (b"7bit", page.replace("€", "&#8364;").encode())


def test_line_ends_of_any_kind_become_those_of_a_mail() -> None:
    assert part("a\r\nb\rc\nd\0e", "plain") == (b"7bit", b"a\r\nb\r\nc\r\nde")
