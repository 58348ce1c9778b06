"""The HTML of a mail from MJML or HTML, with Liquid left as it is: laid out, styles inline, preheader and footer in."""

from __future__ import annotations

import re

import css_inline
import mrml

from hourglass.kernel import Malformed
from hourglass.messages.content.liquid.shield import Shield
from hourglass.messages.content.template import Content

_PREHEADER = re.compile(r"\{\{-?\s*preheader\s*-?\}\}")
_ANCHOR = re.compile(r"<A(?=\s)")
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_HIDDEN = '<div style="display:none;max-height:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px">{}</div>'
# The law asks for a way out; an author who forgets it still has one.
_FOOTER = (
    '{{% if marketing %}}<p style="text-align:center;font:12px/1.6 Arial,sans-serif;color:#6b6b6b;padding:16px">'
    '<a href="{{{{ unsubscribe_url }}}}" style="color:#6b6b6b">{}</a></p>{{% endif %}}'
)
_UNSUBSCRIBE = {"en": "Unsubscribe", "ru": "Отписаться"}
# MJML would fetch fonts that it knows by name from Google, unasked; those of `mj-font` still count.
_NO_FONTS_UNASKED = mrml.RenderOptions(fonts={})


def markup(content: Content) -> str | None:
    """The page as a Liquid template; None when the message is text only. Raises Malformed with the place."""
    source = _PREHEADER.sub(lambda _: content.preheader, content.mjml or content.html or "")
    if content.mjml is not None:
        page = _from_mjml(source, content)
    elif content.html is not None:
        page = _from_html(source, f"{content.path}html")
    else:
        return None
    if content.preheader and content.preheader not in source:
        page = _after_body_tag(page, _HIDDEN.format(content.preheader))
    if "unsubscribe_url" not in page:
        words = _UNSUBSCRIBE.get(content.locale.partition("-")[0], _UNSUBSCRIBE["en"])
        page = before_body_end(page, _FOOTER.format(words))
    # Mail servers cut lines over 998 octets; inside a tag a line break costs nothing.
    return _ANCHOR.sub("<a", page).replace(' style="', '\nstyle="')


def before_body_end(page: str, piece: str) -> str:
    """Put something at the end of the page, whether or not the author closed it."""
    place = page.rfind("</body")
    if place < 0:
        place = page.rfind("</BODY")
    return page + piece if place < 0 else page[:place] + piece + page[place:]


def _from_mjml(source: str, content: Content) -> str:
    shield = Shield(source)
    try:
        page = mrml.to_html(shield.text, render_options=_NO_FONTS_UNASKED)
    except OSError as error:
        raise Malformed(f"MJML: {error}", path=f"{content.path}mjml") from error
    return shield.restore(page.content).replace('lang="und"', f'lang="{content.locale}"')


def _from_html(html: str, path: str) -> str:
    if "<style" not in html.lower():
        return html
    shield = Shield(html)
    try:
        # Media queries stay in a style tag; nothing is fetched from anywhere.
        inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
        return shield.restore(inliner.inline(shield.text))
    except css_inline.InlineError as error:
        raise Malformed(f"CSS: {error}", path=path) from error


def _after_body_tag(page: str, piece: str) -> str:
    found = _BODY.search(page)
    place = found.end() if found else 0
    return page[:place] + piece + page[place:]
