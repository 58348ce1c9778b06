"""Links that tell of clicks, the pixel that tells of opens, and the addresses of the pages behind them."""

from __future__ import annotations

import re
from functools import partial
from html import escape, unescape

from hourglass.messages.content.markup import before_body_end
from hourglass.messages.content.utm import Tagging
from hourglass.messages.rendering.text_links import relinked
from hourglass.messages.tracking.tokens import Purpose, Signer

# Upper-case tags were made lower-case when the template was compiled.
_LINK = re.compile(r"""(<a\s(?:[^>]*?\s)??[hH][rR][eE][fF]\s*=\s*)(["'])(.*?)\2""", re.DOTALL)
_HARMLESS = re.compile(r"(?:https?|mailto|tel|sms|#|$)", re.IGNORECASE)
# Nobody sees it; who follows it looks into every link there is.
_TRAP = '<a href="{}" style="display:none" tabindex="-1" aria-hidden="true"></a>'
_PIXEL = '<img src="{}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">'


class Links:
    """The public addresses of one message."""

    def __init__(self, base_url: str, signer: Signer, workspace_id: int, message_id: int) -> None:
        self._base = base_url
        self._clicked = f'"{escape(base_url)}/t/c/'
        self._sign = partial(_sign, signer, workspace_id, message_id)
        self.unsubscribe = f"{base_url}/u/{self._sign(Purpose.UNSUBSCRIBE)}"
        self.view = f"{base_url}/v/{self._sign(Purpose.VIEW)}"
        self.preferences = f"{base_url}/p/{self._sign(Purpose.PREFERENCES)}"
        self.confirm = f"{base_url}/c/{self._sign(Purpose.CONFIRM)}"

    def tracked(self, html: str, tagging: Tagging | None = None) -> str:
        """The page with its links and its pixel; what would run as a script leads nowhere."""
        pixel = _PIXEL.format(f"{self._base}/t/o/{self._sign(Purpose.OPEN)}.gif")
        trap = _TRAP.format(f"{self._base}/t/c/{self._sign(Purpose.CLICK)}")
        return before_body_end(_LINK.sub(partial(self._rewritten, tagging), html), trap + pixel)

    def tracked_text(self, text: str, tagging: Tagging | None = None) -> str:
        """Plain text with links that tell, by the same tokens as in the page."""
        return relinked(text, partial(self._led, tagging))

    def _led(self, tagging: Tagging | None, target: str) -> str:
        if target in (self.unsubscribe, self.view, self.preferences, self.confirm):
            return target
        return f"{self._base}/t/c/{self._sign(Purpose.CLICK, target if tagging is None else tagging.apply(target))}"

    def _rewritten(self, tagging: Tagging | None, found: re.Match[str]) -> str:
        target = unescape(found[3]).strip()
        if not _HARMLESS.match(target):
            return f'{found[1]}"#"'
        if target[:4].lower() != "http" or target in (self.unsubscribe, self.view, self.preferences, self.confirm):
            return found[0]
        if tagging is not None:
            target = tagging.apply(target)
        return f'{found[1]}{self._clicked}{self._sign(Purpose.CLICK, target)}"'


def tagged(html: str, tagging: Tagging | None) -> str:
    """The page with its UTM parameters, without anything that tells: for previews."""

    def put(found: re.Match[str]) -> str:
        target = unescape(found[3]).strip()
        if not _HARMLESS.match(target):
            return f'{found[1]}"#"'
        if tagging is None or target[:4].lower() != "http":
            return found[0]
        return f'{found[1]}"{escape(tagging.apply(target))}"'

    return _LINK.sub(put, html)


def tagged_text(text: str, tagging: Tagging | None) -> str:
    """Plain text with its UTM parameters: for previews."""
    return text if tagging is None else relinked(text, tagging.apply)


def _sign(signer: Signer, workspace_id: int, message_id: int, purpose: Purpose, target: str = "") -> str:
    return signer.sign(purpose, workspace_id, message_id, target)
