"""What the page is made of: pictures, links, and colours on colours, read once for all checks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from msgspec import Struct

Rgb = tuple[int, int, int]

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNREAD = {"head", "style", "script", "title"}
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.IGNORECASE)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)px")
_NAMED: dict[str, Rgb] = {"white": (255, 255, 255), "black": (0, 0, 0)}
_WHITE: Rgb = (255, 255, 255)


class Look(Struct, frozen=True):
    """How a text stands on the page. `size` in CSS pixels."""

    color: Rgb = (0, 0, 0)
    ground: Rgb = _WHITE
    size: float = 16.0
    bold: bool = False
    hidden: bool = False


class Markup(HTMLParser):
    """A page that was read: its pictures (attributes), links (address and words) and texts with their looks."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures: list[dict[str, str | None]] = []
        self.links: list[tuple[str | None, str]] = []
        self.texts: list[tuple[str, Look]] = []
        self.tags: set[str] = set()
        self._open: list[tuple[str, Look]] = []
        self._link: tuple[str | None, list[str]] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        if tag == "img":
            self.pictures.append(named)
            if self._link is not None:
                self._link[1].append(named.get("alt") or "")
        if tag == "a":
            self._link = (named.get("href"), [])
        if tag not in _VOID:
            self._open.append((tag, _look(tag, named, self._open[-1][1] if self._open else Look())))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self.links.append((self._link[0], " ".join(self._link[1]).strip()))
            self._link = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        look = self._open[-1][1] if self._open else Look()
        if data.strip(" \t\r\n\u00a0\u200c\u00ad") and not look.hidden:
            self.texts.append((data.strip(), look))
            if self._link is not None:
                self._link[1].append(data.strip())


def _look(tag: str, attrs: dict[str, str | None], around: Look) -> Look:
    style = dict(_declarations(attrs.get("style") or ""))
    ground = style.get("background-color") or style.get("background") or attrs.get("bgcolor") or ""
    size = _SIZE.match(style.get("font-size", ""))
    weight = style.get("font-weight", "")
    hidden = around.hidden or tag in _UNREAD or style.get("display") == "none" or style.get("mso-hide") == "all"
    return Look(
        color=_color(style.get("color") or attrs.get("color") or "") or around.color,
        ground=_color(ground) or around.ground,
        # MJML sets sizes to 0 on boxes, to close gaps.
        size=float(size[1]) if size and float(size[1]) else around.size,
        bold=around.bold or tag in ("b", "strong", "h1", "h2", "h3") or weight in ("bold", "600", "700", "800"),
        hidden=hidden,
    )


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = (one.partition(":") for one in style.split(";"))
    return [(name.strip().lower(), value.strip().lower()) for name, _, value in pairs]


def _color(text: str) -> Rgb | None:
    if found := _HEX.search(text):
        digits = found[1] if len(found[1]) == 6 else "".join(char * 2 for char in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    return _NAMED.get(text.strip())
