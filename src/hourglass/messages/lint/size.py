"""How large the page is: Gmail cuts it off at 102 KB, and the way out with it."""

from __future__ import annotations

from collections.abc import Iterator

from hourglass.messages.lint.finding import LintFinding, Page

CLIP = 102 * 1024
_TRACKING = 6 * 1024
"""What links that tell, and the pixel, add to a usual page."""


def size(page: Page) -> Iterator[LintFinding]:
    """About the octets of the page."""
    octets = len((page.html or "").encode()) + _TRACKING
    if octets > CLIP:
        yield LintFinding(
            code="gmail_clip",
            en=f"The page has about {octets // 1024} KB; Gmail shows the first 102 KB and hides the rest.",
            ru=f"Письмо весит около {octets // 1024} КБ; Gmail покажет первые 102 КБ и скроет остальное.",
        )
