"""The plain-text part, made from the HTML once per template; Liquid stays where it was."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hourglass.messages.content.liquid.shield import Shield

_SKIPPED = {"head", "style", "script", "title", "noscript"}
_BLOCKS = {"p", "div", "table", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "hr"}
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_OTHER_SPACES = "\t\r\f\v\u00a0"
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def plain_text(html: str) -> str:
    """Readable text of an HTML page with Liquid in it."""
    shield = Shield(html)
    reader = _Reader(shield)
    reader.feed(shield.text)
    reader.close()
    return shield.restore(tidy("".join(reader.parts)))


def tidy(text: str) -> str:
    """No trailing spaces, one empty line at most."""
    for space in _OTHER_SPACES:  # looking for one character costs next to nothing
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    text = "\n".join([line.strip() for line in text.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


class _Reader(HTMLParser):
    def __init__(self, shield: Shield) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._shield = shield
        self._skipping: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if self._skipping or tag in _SKIPPED or (tag == "div" and _NOT_SHOWN.search(named.get("style") or "")):
            if self._skipping[:1] in ([], [tag]):
                self._skipping.append(tag)
            return
        if tag == "a":
            self._links.append((named.get("href") or "", len(self.parts)))
        elif tag == "img" and self._links and named.get("alt"):
            self.parts.append(str(named["alt"]))
        elif tag in _BLOCKS or tag in ("br", "li"):
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
        elif tag == "a" and self._links:
            self._end_link()
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in ("p", "h1", "h2", "h3") else "\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(_SPACES.sub(" ", data.replace("\n", " ")))

    def handle_comment(self, data: str) -> None:
        """Only the Liquid counts; it may also stand inside the comments that Outlook reads."""
        if not self._skipping:
            self.parts += self._shield.hidden_in(data)

    def _end_link(self) -> None:
        href, start = self._links.pop()
        words = "".join(self.parts[start:]).strip()
        if href and href != words and not href.startswith(("mailto:", "tel:", "#")):
            self.parts.append(f" ({href})" if words else href)
