"""The page of preferences: topics by channel, how often, which language, a pause, and the way out. No script."""

from __future__ import annotations

from datetime import datetime
from html import escape

from litestar import Response

from hourglass.messages import LANGUAGES, Offer, Preferences, Subscriber
from hourglass.web.tracking.page import Choice, button, masked, page
from hourglass.web.tracking.words import CHANNELS, MONTHS, WORDS, Locale

_MANY = 5
"""Topics that fit on the screen of a phone together with what stands below them."""


def preferences_page(who: Subscriber, found: Preferences, locale: Locale, notice: str = "") -> Response[str]:
    """Everything a person may choose; `notice` names the words about what was just done."""
    words = WORDS[locale]
    channels = {channel for offer in found.offers for channel in offer.channels}
    many = len(found.offers) > _MANY
    parts = [
        _notice(words[notice]) if notice else "",
        f'<p class="soft">{escape(words["preferences"].format(address=_address(who, words)))}</p>',
        _pause(found.paused_until, locale),
        _way_out(words) if many else "",
        f'<form method="post"{" class=many" if many else ""}>',
        _group(words["topics"], "".join(_topic(one, channels, locale) for one in found.offers)) if found.offers else "",
        _group(words["often"], _check("fewer", "1", words["fewer"], words["fewer_soft"], on=found.fewer)),
        _group(words["language"], _languages(locale)),
        button(Choice(words=words["save"], sends="save")),
        '</form><form method="post" class="less" id="less">',
        _pause_button(found.paused_until, words),
        button(Choice(words=words["leave"], sends="everything", quiet=True)),
        f'<p class="soft">{escape(words["orders"])}</p></form>',
    ]
    return page(locale, who.shop, words["preferences_title"], "".join(parts))


def _way_out(words: dict[str, str]) -> str:
    """Nobody has to pass a long list to get away."""
    return f'<p class="soft"><a href="#less">{escape(words["to_leave"])}</a></p>'


def _topic(one: Offer, channels: set[str], locale: Locale) -> str:
    """One row with one box where there is one channel; else a name with a box for each."""
    shown = "".join(
        f'<input type="hidden" name="shown" value="{escape(channel)}:{escape(one.key)}">' for channel in one.channels
    )
    waiting = WORDS[locale]["waiting"] if one.waiting else ""
    soft = " · ".join(filter(None, (one.description, waiting)))
    if len(channels) == 1:
        [(channel, has)] = one.channels.items()
        return shown + _check("wanted", f"{channel}:{one.key}", one.name, soft, on=has)
    about = f' aria-describedby="about-{escape(one.key)}"' if soft else ""
    said = f'<small id="about-{escape(one.key)}">{escape(soft)}</small>' if soft else ""
    boxes = "".join(
        f'<label class="pill"><input type="checkbox" name="wanted" value="{escape(channel)}:{escape(one.key)}"'
        f"{' checked' if has else ''}><span>{escape(_channel(channel, locale))}</span></label>"
        for channel, has in one.channels.items()
    )
    return (
        f'<div class="topic" role="group" aria-labelledby="topic-{escape(one.key)}"{about}>{shown}'
        f'<b id="topic-{escape(one.key)}">{escape(one.name)}</b>{said}'
        f'<div class="pills">{boxes}</div></div>'
    )


def _check(name: str, value: str, words: str, soft: str, *, on: bool) -> str:
    small = f"<small>{escape(soft)}</small>" if soft else ""
    return (
        f'<label class="row"><input type="checkbox" name="{name}" value="{escape(value)}"{" checked" if on else ""}>'
        f"<span>{escape(words)}{small}</span></label>"
    )


def _languages(locale: Locale) -> str:
    boxes = "".join(
        f'<label class="pill"><input type="radio" name="locale" value="{code}"{" checked" if code == locale else ""}>'
        f'<span lang="{code}">{escape(name)}</span></label>'
        for code, name in LANGUAGES.items()
    )
    return f'<div class="pills">{boxes}</div>'


def _pause(until: datetime | None, locale: Locale) -> str:
    if until is None:
        return ""
    return f'<p class="note">{escape(WORDS[locale]["paused"].format(day=_day(until, locale)))}</p>'


def _pause_button(until: datetime | None, words: dict[str, str]) -> str:
    sends = "pause" if until is None else "resume"
    return button(Choice(words=words[sends], sends=sends, quiet=True))


def _group(legend: str, inside: str) -> str:
    return f"<fieldset><legend>{escape(legend)}</legend>{inside}</fieldset>"


def _notice(words: str) -> str:
    return f'<p class="done" role="status">{escape(words)}</p>'


def _day(at: datetime, locale: Locale) -> str:
    return f"{at.day}\u00a0{MONTHS[locale][at.month - 1]} {at.year}"


def _channel(name: str, locale: Locale) -> str:
    return CHANNELS.get(name, {}).get(locale, name.capitalize())


def _address(who: Subscriber, words: dict[str, str]) -> str:
    return " · ".join(masked(one) for one in (who.email, who.phone) if one) or words["you"]
