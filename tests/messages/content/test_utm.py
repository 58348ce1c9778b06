from __future__ import annotations

import pytest

from hourglass.messages.content.utm import Utm, tagging

TAGS = "utm_source=hourglass&utm_medium=email&utm_campaign=may%20sale"


@pytest.mark.parametrize(("url", "tagged"), [
    ("https://shop.de/x", f"https://shop.de/x?{TAGS}"),
    ("https://shop.de/x?a=1", f"https://shop.de/x?a=1&{TAGS}"),
    ("https://shop.de/x?", f"https://shop.de/x?{TAGS}"),
    ("https://shop.de/x?a=1&", f"https://shop.de/x?a=1&{TAGS}"),
    ("https://shop.de/x#part", f"https://shop.de/x?{TAGS}#part"),
    ("https://www.shop.de/x?q=%D0%B0+b&sig=a%2Bb%3D#p?q", f"https://www.shop.de/x?q=%D0%B0+b&sig=a%2Bb%3D&{TAGS}#p?q"),
    ("https://m.shop.de", f"https://m.shop.de?{TAGS}"),
    (f"https://shop.de/?{TAGS.upper()}", f"https://shop.de/?{TAGS.upper()}"),
    ("https://shop.de/?UTM_Source=mine", "https://shop.de/?UTM_Source=mine&utm_medium=email&utm_campaign=may%20sale"),
    ("https://instagram.com/shop.de", "https://instagram.com/shop.de"),
    ("https://notshop.de/", "https://notshop.de/"),
    ("https://[bad", "https://[bad"),
])  # fmt: skip
def test_links_to_the_shop_get_what_they_lack(url: str, tagged: str) -> None:
    assert tagging(Utm(campaign="may sale"), "key", "https://www.shop.de/").apply(url) == tagged


def test_the_key_is_the_campaign_and_sites_can_be_named() -> None:
    tags = tagging(Utm(content="top", domains=("Blog.de",)), "welcome", "https://shop.de")
    assert tags.apply("https://blog.de/") == (
        "https://blog.de/?utm_source=hourglass&utm_medium=email&utm_campaign=welcome&utm_content=top"
    )
    assert tags.apply("https://shop.de/") == "https://shop.de/"
    assert "utm_source" in tagging(Utm(), "k", None).apply("https://anywhere.de/")
