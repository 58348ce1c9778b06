"""Links that tell of clicks, the pixel that tells of opens, and the addresses of the pages behind them."""

from __future__ import annotations

import re
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
    """The public addresses of one message; page and text lead to the same place by one token."""

    def __init__(
        self, base_url: str, signer: Signer, workspace_id: int, message_id: int, tagging: Tagging | None = None
    ) -> None:
        self._base = base_url
        self._quoted = f'"{escape(base_url)}/t/c/'
        self._sign = signer.of(workspace_id, message_id)
        self._tagging = tagging
        self._clicks: dict[str, str] = {}
        """Tokens by where the author's link leads."""
        self.unsubscribe = f"{base_url}/u/{self._sign(Purpose.UNSUBSCRIBE)}"
        self.view = f"{base_url}/v/{self._sign(Purpose.VIEW)}"
        self.preferences = f"{base_url}/p/{self._sign(Purpose.PREFERENCES)}"
        self.confirm = f"{base_url}/c/{self._sign(Purpose.CONFIRM)}"
        self._ours = frozenset((self.unsubscribe, self.view, self.preferences, self.confirm))

    def tracked(self, html: str) -> str:
        """The page with its links and its pixel; what would run as a script leads nowhere."""
        pixel = _PIXEL.format(f"{self._base}/t/o/{self._sign(Purpose.OPEN)}.gif")
        trap = _TRAP.format(f"{self._base}/t/c/{self._sign(Purpose.CLICK)}")
        return before_body_end(_LINK.sub(self._rewritten, html), trap + pixel)

    def tracked_text(self, text: str) -> str:
        """Plain text with links that tell."""
        return relinked(text, self._led)

    def _led(self, target: str) -> str:
        return target if target in self._ours else f"{self._base}/t/c/{self._click(target)}"

    def _rewritten(self, found: re.Match[str]) -> str:
        before, _, target = found.groups()
        target = unescape(target).strip()
        if not _HARMLESS.match(target):
            return f'{before}"#"'
        if target[:4].lower() != "http" or target in self._ours:
            return found[0]
        return f'{before}{self._quoted}{self._click(target)}"'

    def _click(self, target: str) -> str:
        token = self._clicks.get(target)
        if token is None:
            tagging = self._tagging
            token = self._sign(Purpose.CLICK, target if tagging is None else tagging.apply(target))
            self._clicks[target] = token
        return token


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
