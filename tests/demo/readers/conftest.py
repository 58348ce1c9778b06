"""A letter as it lies in the development inbox."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from hourglass.demo.readers.letter import Letter, read_letter
from hourglass.inbox import Mail
from tests.messages.shop import NOW

BASE = "http://shop.test"
HTML = """<html><body><a href="{0}/t/c/mug">Mug</a> <a class="x" href="{0}/t/c/lamp?a=1&amp;b=2">Lamp</a>
<a href="{0}/t/c/mug">Mug again</a> <a href="{0}/u/out">No more</a>
<a href="{0}/t/c/trap" style="display:none" tabindex="-1" aria-hidden="true"></a>
<img src="{0}/t/o/pixel.gif" width="1"></body></html>"""


def mail(
    recipient: str = "anna.bell.17850@example.com", subject: str = "Good light", *, marketing: bool = True
) -> Mail:
    made = EmailMessage()
    made["Subject"] = subject
    if marketing:
        made["List-Unsubscribe"] = f"<mailto:leave@shop.test>, <{BASE}/u/out>"
    made.set_content("Text")
    made.add_alternative(HTML.format(BASE), subtype="html")
    path = "bounce+1-2-abc@bounce.example.com"
    return Mail(id=1, received_at=NOW, sender=path, recipient=recipient, subject=subject, raw=made.as_bytes())


@pytest.fixture
def letter_to() -> Callable[..., Letter]:
    return lambda *args, **more: read_letter(mail(*args, **more))
