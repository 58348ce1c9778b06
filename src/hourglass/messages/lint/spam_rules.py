"""The rules of the spam score: what each looks for, its points and where these come from."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from msgspec import Struct

from hourglass.messages.lint.finding import Page
from hourglass.messages.lint.links import is_way_out
from hourglass.messages.lint.markup import Markup
from hourglass.messages.lint.size import CLIP
from hourglass.messages.lint.wording import distrusted

_OWN = "own"
_SHORTENERS = {
    "bit.ly", "clck.ru", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "rebrand.ly", "t.co", "t.ly", "tinyurl.com",
    "v.gd", "vk.cc",
}  # fmt: skip
_ACTIVE = {"script", "form", "iframe", "object", "embed"}
_PICTURES_WITH_FEW_WORDS = ((400, 1.2), (800, 1.7), (1200, 2.1), (1600, 1.1), (2000, 1.5), (2400, 1.6), (2800, 1.4))
"""Points by octets of text beside pictures: HTML_IMAGE_ONLY_04 to _28."""


class Seen(Struct, frozen=True, kw_only=True):
    """What the rules look at. `text`: what people read, by whitespace of one blank."""

    subject: str
    text: str
    page_octets: int = 0
    pictures: int = 0
    mute: int = 0
    """Pictures without an alternative text."""
    links: tuple[tuple[str, str], ...] = ()
    """Address and words."""
    tags: frozenset[str] = frozenset()


class Rule(Struct, frozen=True, kw_only=True):
    """`points` of a message; `words` say in English and Russian what cost them."""

    code: str
    source: str = _OWN
    points: Callable[[Seen], float]
    words: tuple[str, str]


def seen(page: Page, markup: Markup | None) -> Seen:
    """A finished message as the rules look at it; one without a page by its text."""
    subject = " ".join(page.subject.split())
    if markup is None:
        return Seen(subject=subject, text=" ".join(page.text.split()))
    return Seen(
        subject=subject,
        text=" ".join(" ".join(text for text, _ in markup.texts).split()),
        page_octets=len((page.html or "").encode()),
        pictures=len(markup.pictures),
        mute=sum(one.get("alt") is None for one in markup.pictures),
        links=tuple(((href or "").strip(), words) for href, words in dict.fromkeys(markup.links)),
        tags=frozenset(markup.tags),
    )


def _says(pattern: str, points: float) -> Callable[[Seen], float]:
    shape = re.compile(pattern, re.IGNORECASE)
    return lambda one: points if shape.search(one.text) else 0.0


def _titled(pattern: str, points: float) -> Callable[[Seen], float]:
    shape = re.compile(pattern, re.IGNORECASE)
    return lambda one: points if shape.search(one.subject) else 0.0


def _few_words(one: Seen) -> float:
    if not one.pictures:
        return 0.0
    octets = len(one.text.encode())
    return next((points for most, points in _PICTURES_WITH_FEW_WORDS if octets <= most), 0.0)


def _loud(text: str, least: int, share: float) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= least and sum(char.isupper() for char in letters) > share * len(letters)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _shown_elsewhere(one: Seen) -> float:
    """Words that are an address of another domain than where the link leads."""
    for href, words in one.links:
        shown, real = _host(words if "//" in words else f"//{words}"), _host(href)
        is_address = " " not in words and re.fullmatch(r"(?:[\w-]+\.)+[a-zа-я]{2,}", shown) is not None
        if is_address and real and _owner(shown) != _owner(real) and "@" not in words:
            return 1.5
    return 0.0


def _is_number(address: str) -> bool:
    return re.fullmatch(r"[\d.]+", _host(address)) is not None and not is_way_out(address)


def _owner(host: str) -> str:
    return ".".join(host.split(".")[-2:])


RULES: tuple[Rule, ...] = (
    Rule(code="picture_few_words", source="HTML_IMAGE_ONLY_04 … _28", points=_few_words,
         words=("few words beside the pictures", "мало текста рядом с картинками")),
    Rule(code="shouting_subject", source="SUBJ_ALL_CAPS", points=lambda one: 0.5 * _loud(one.subject, 9, 0.7),
         words=("the subject is all capitals", "тема заглавными буквами")),
    Rule(code="no_subject", source="MISSING_SUBJECT", points=lambda one: 1.8 * (not one.subject),
         words=("there is no subject", "нет темы")),
    Rule(code="buy_in_subject", source="SUBJ_BUY", points=_titled(r"^(?:buy|купи(?:те)?)\b", 0.6),
         words=("the subject begins with “buy”", "тема начинается с «купите»")),
    Rule(code="as_seen", source="SUBJ_AS_SEEN", points=_titled(r"\bas seen on\b", 1.5),
         words=("“as seen on” in the subject", "«as seen on» в теме")),
    Rule(code="guaranteed", source="GUARANTEED_100_PERCENT",
         points=_says(r"100 ?% (?:guarantee|гаранти)|гаранти\w+ (?:на )?100 ?%", 2.7),
         words=("“100% guaranteed”", "«гарантия 100 %»")),
    Rule(code="dear_friend", source="DEAR_FRIEND",
         points=_says(r"^\W*(?:(?:hello|hi),? )?(?:dear friend|дорогой друг)\b", 2.6),
         words=("it begins with “dear friend”", "начинается с «дорогой друг»")),
    Rule(code="dear_somebody", source="DEAR_SOMETHING",
         points=_says(r"\bdear (?:sirs?|madam|candidate|investor|travell?er|internet)\b|уважаемый господин", 2.0),
         words=("“dear sir”, “dear candidate”, …", "«уважаемый господин», …")),
    Rule(code="urgent", source="URG_BIZ",
         points=_says(r"\burgent.{0,16}(?:assistance|business|buy|notice|proposal|reply|request|response)", 0.6),
         words=("“urgent notice”, “urgent reply”, …", "«urgent notice», «urgent reply», …")),
    Rule(code="money_back", source="MONEY_BACK", points=_says(r"money[- ]back guarantee", 1.2),
         words=("“money back guarantee”", "«money back guarantee»")),
    Rule(code="one_time", source="ONE_TIME", points=_says(r"\bone\W+time (?:charge|investment|offer|promotion)", 0.7),
         words=("“one-time offer”", "«one-time offer»")),
    Rule(code="excuse", source="EXCUSE_REMOVE", points=_says(r"to be removed from.{0,20}(?:mailings|offers)", 3.3),
         words=("“to be removed from our mailings”", "«to be removed from our mailings»")),
    Rule(code="unclaimed", source="UNCLAIMED_MONEY",
         points=_says(r"\bunclaimed (?:assets?|money|prizes?|rewards?|funds?|balance)\b", 2.4),
         words=("“unclaimed money”, “unclaimed prize”", "«unclaimed money», «unclaimed prize»")),
    Rule(code="guaranteed_bang", source="BANG_GUAR", points=_says(r"\bguaranteed?!|гарантирован\w*!", 1.0),
         words=("“guaranteed!”", "«гарантировано!»")),
    Rule(code="drugs", source="DRUGS_ERECTILE", points=_says(r"\b(?:viagra|cialis|levitra|виагр|сиалис)", 2.0),
         words=("names of well-known pills", "названия известных таблеток")),
    Rule(code="number_link", source="NUMERIC_HTTP_ADDR",
         points=lambda one: 1.2 * any(_is_number(href) for href, _ in one.links),
         words=("a link leads to a number instead of a name", "ссылка ведёт на IP-адрес, а не на домен")),
    Rule(code="distrusted_subject", points=lambda one: min(2.0, 0.7 * len(distrusted(one.subject))),
         words=("words in the subject that filters distrust", "слова в теме, которым не доверяют фильтры")),
    Rule(code="distrusted_text", points=lambda one: min(2.0, 0.4 * len(distrusted(one.text))),
         words=("words in the text that filters distrust", "слова в тексте, которым не доверяют фильтры")),
    Rule(code="exclamation", points=lambda one: 0.5 * (one.subject.count("!") > 1),
         words=("several exclamation marks in the subject", "несколько восклицательных знаков в теме")),
    Rule(code="shouting_text", points=lambda one: 1.0 * _loud(one.text, 200, 0.3),
         words=("much of the text is capitals", "много текста заглавными буквами")),
    Rule(code="short_link", points=lambda one: 1.5 * any(_host(href) in _SHORTENERS for href, _ in one.links),
         words=("a link by a shortener", "сокращённая ссылка")),
    Rule(code="shown_elsewhere", points=_shown_elsewhere,
         words=("a link shows another address than it leads to", "в ссылке написан один адрес, а ведёт она на другой")),
    Rule(code="leftover", points=_says(r"\{\{|\}\}|\{%|%[A-Z_]{4,}%|\[\[?(?:first|last)?_?name\]|lorem ipsum", 1.5),
         words=("a placeholder was left over", "в тексте остался шаблон или «рыба»")),
    Rule(code="no_alt", points=lambda one: 0.3 * bool(one.mute),
         words=("pictures without alternative text", "картинки без альтернативного текста")),
    Rule(code="active_content", points=lambda one: 1.0 * bool(one.tags & _ACTIVE),
         words=("scripts, forms or frames", "скрипты, формы или фреймы")),
    Rule(code="very_large", points=lambda one: 0.5 * (one.page_octets > CLIP),
         words=("a very large page", "очень большое письмо")),
)  # fmt: skip
