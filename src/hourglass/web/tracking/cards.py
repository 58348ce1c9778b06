"""Which card is shown when: asking, done, again, already, lost."""

from __future__ import annotations

from hourglass.messages import Letter
from hourglass.web.tracking.page import Card, Choice
from hourglass.web.tracking.words import WORDS, Locale, known


def asking(letter: Letter) -> Card:
    """What a GET shows: it asks, and changes nothing."""
    locale, words, told = _told(letter)
    if letter.withdrawn:
        return _card(locale, letter, words["already_title"], words["already"].format(**told), choices=(_slip(words),))
    return _card(
        locale,
        letter,
        words["ask_title"],
        words["ask"].format(**told),
        words["orders"],
        (
            Choice(words=words["yes"], sends="unsubscribe"),
            Choice(words=words["everything"].format(**told), sends="everything", quiet=True),
        ),
    )


def done(letter: Letter, *, everything: bool) -> Card:
    """It counts from now on, and can be taken back."""
    locale, words, told = _told(letter)
    text = words["done_everything" if everything else "done"].format(**told)
    return _card(locale, letter, words["done_title"], text, words["orders"], (_slip(words),))


def again(letter: Letter) -> Card:
    """Back on the list."""
    locale, words, told = _told(letter)
    back = Choice(words=words["yes"], sends="unsubscribe", quiet=True)
    return _card(locale, letter, words["back_title"], words["back"].format(**told), choices=(back,))


def lost(accept_language: str) -> Card:
    """The token says nothing."""
    locale = known(accept_language)
    return Card(locale=locale, shop="", title=WORDS[locale]["lost_title"], text=WORDS[locale]["lost"])


def gone(accept_language: str) -> Card:
    """The token is ours, the message was erased."""
    locale = known(accept_language)
    return Card(locale=locale, shop="", title=WORDS[locale]["gone_title"], text=WORDS[locale]["gone"])


def _card(
    locale: Locale, letter: Letter, title: str, text: str, soft: str = "", choices: tuple[Choice, ...] = ()
) -> Card:
    return Card(locale=locale, shop=letter.shop, title=title, text=text, soft=soft, choices=choices)


def _slip(words: dict[str, str]) -> Choice:
    return Choice(words=words["slip"], sends="subscribe", quiet=True)


def _told(letter: Letter) -> tuple[Locale, dict[str, str], dict[str, str]]:
    locale = known(letter.locale)
    words = WORDS[locale]
    address = _masked(letter.address) if letter.address else words["you"]
    return locale, words, {"shop": letter.shop, "topic": letter.topic, "address": address}


def _masked(address: str) -> str:
    """Enough for its owner to know it: mails are forwarded, and the page with them."""
    local, at, domain = address.rpartition("@")
    return f"{local[:2]}•••{at}{domain}" if at else f"•••{address[-4:]}"
