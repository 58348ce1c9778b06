"""Links in plain text: the same tokens as in the page, the author's own parameters, nothing of the sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hourglass.messages.content.utm import Utm, tagging
from hourglass.messages.rendering.links import Links, tagged_text
from hourglass.messages.rendering.text_links import ended
from hourglass.messages.tracking.tokens import Purpose, Signer

SIGNER = Signer(b"secret")
TAGS = tagging(Utm(source="mail"), "may", "https://shop.example")


@pytest.fixture
def links() -> Links:
    return Links("https://m.shop.example", SIGNER, 1, 7, TAGS)


def targets(text: str) -> list[Any]:
    found = [SIGNER.read(Purpose.CLICK, token) for token in re.findall(r"/t/c/([\w-]+)", text)]
    return [None if one is None else (one.message_id, one.target) for one in found]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("https://s.de/a.", "https://s.de/a"),
        ("https://s.de/a),", "https://s.de/a"),
        ("https://s.de/a_(b)", "https://s.de/a_(b)"),
        ("https://s.de/?q=(x))", "https://s.de/?q=(x)"),
        ("https://s.de/a]", "https://s.de/a"),
        ("https://s.de/?q[]=1", "https://s.de/?q[]=1"),
        ("https://s.de/!?", "https://s.de/"),
    ],
)
def test_where_a_link_ends(written: str, link: str) -> None:
    assert ended(written) == link


def test_text_and_page_lead_by_the_same_token(links: Links) -> None:
    page = links.tracked('<body><a href="https://shop.example/a?x=1&amp;y=2">A</a></body>')
    text = links.tracked_text("Look: A (https://shop.example/a?x=1&y=2).")
    [of_text] = re.findall(r"/t/c/[\w-]+", text)
    assert of_text in page
    assert text.startswith("Look: A (https://m.shop.example/t/c/")
    assert text.endswith(").")
    assert targets(text) == [
        (7, "https://shop.example/a?x=1&y=2&utm_source=mail&utm_medium=email&utm_campaign=may"),
    ]


def test_what_the_author_tagged_stays(links: Links) -> None:
    own = "https://shop.example/?utm_source=mine&utm_medium=m&utm_campaign=c#top"
    assert targets(links.tracked_text(own)) == [(7, own)]
    assert targets(links.tracked_text("https://other.example/x")) == [(7, "https://other.example/x")]


def test_the_ways_out_tell_nothing(links: Links) -> None:
    ways = f"{links.unsubscribe}\n{links.preferences}\n{links.view} mailto:a@b.example shop.example"
    assert links.tracked_text(ways) == ways


def test_a_preview_is_tagged_and_tells_nothing() -> None:
    text = tagged_text("See https://shop.example, and https://other.example", TAGS)
    assert text == (
        "See https://shop.example?utm_source=mail&utm_medium=email&utm_campaign=may, and https://other.example"
    )
    assert tagged_text("See https://shop.example", None) == "See https://shop.example"
