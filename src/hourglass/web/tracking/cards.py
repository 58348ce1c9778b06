"""Which card is shown when: asking, done, again, already, lost."""

from __future__ import annotations

from hourglass.messages import Asked, Letter, Subscriber
from hourglass.web.tracking.page import Card, Choice, masked
from hourglass.web.tracking.words import WORDS, Locale, known


def asking(letter: Letter, preferences: str) -> Card:
    """What a GET shows: it asks, and changes nothing. `preferences`: the address of that page."""
    locale, words, told = _told(letter)
    if letter.withdrawn:
        return _card(locale, letter, words["already_title"], words["already"].format(**told), choices=(_slip(words),),
                     link=(words["choose"], preferences))  # fmt: skip
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
        (words["choose"], preferences),
    )


def done(letter: Letter, preferences: str, *, everything: bool) -> Card:
    """It counts from now on, and can be taken back."""
    locale, words, told = _told(letter)
    text = words["done_everything" if everything else "done"].format(**told)
    return _card(
        locale, letter, words["done_title"], text, words["orders"], (_slip(words),), (words["choose"], preferences)
    )


def again(letter: Letter, preferences: str) -> Card:
    """Back on the list."""
    locale, words, told = _told(letter)
    back = Choice(words=words["yes"], sends="unsubscribe", quiet=True)
    return _card(locale, letter, words["back_title"], words["back"].format(**told), choices=(back,),
                 link=(words["choose"], preferences))  # fmt: skip


def confirming(asked: Asked, preferences: str, *, done: bool) -> Card:
    """The page of a double opt-in: it asks, thanks, or says that it is too late."""
    who = asked.subscriber
    locale = known(who.language)
    words = WORDS[locale]
    address = who.phone if asked.request.channel == "sms" else who.email
    told = {"shop": who.shop, "topic": asked.topic, "address": masked(address) if address else words["you"]}
    state = "confirmed" if done or asked.state == "confirmed" else asked.state
    return Card(
        locale=locale,
        shop=who.shop,
        title=words[f"confirm_{state}_title"],
        text=words[f"confirm_{state}"].format(**told),
        soft=words["confirm_soft"] if state == "open" else "",
        choices=(Choice(words=words["confirm_yes"], sends="confirm"),) if state == "open" else (),
        link=(words["choose"], preferences) if state != "open" else None,
    )


def left(who: Subscriber, locale: Locale, back: str) -> Card:
    """Unsubscribed from everything, on the page of preferences."""
    words = WORDS[locale]
    text = words["left"].format(shop=who.shop)
    return Card(locale=locale, shop=who.shop, title=words["done_title"], text=text, soft=words["orders"],
                link=(words["choose"], back))  # fmt: skip


def lost(locale: Locale) -> Card:
    """The token says nothing."""
    return _plain("lost", locale)


def gone(locale: Locale) -> Card:
    """The token is ours, the message was erased."""
    return _plain("gone", locale)


def trouble(locale: Locale) -> Card:
    """It is our fault."""
    return _plain("trouble", locale)


def used(locale: Locale) -> Card:
    """Somebody who runs the shop wants to sign in by an old link."""
    return _plain("used", locale)


def _plain(state: str, locale: Locale) -> Card:
    return Card(locale=locale, shop="", title=WORDS[locale][f"{state}_title"], text=WORDS[locale][state])


def _card(
    locale: Locale,
    letter: Letter,
    title: str,
    text: str,
    soft: str = "",
    choices: tuple[Choice, ...] = (),
    link: tuple[str, str] | None = None,
) -> Card:
    return Card(locale=locale, shop=letter.shop, title=title, text=text, soft=soft, choices=choices, link=link)


def _slip(words: dict[str, str]) -> Choice:
    return Choice(words=words["slip"], sends="subscribe", quiet=True)


def _told(letter: Letter) -> tuple[Locale, dict[str, str], dict[str, str]]:
    locale = known(letter.language)
    words = WORDS[locale]
    address = masked(letter.address) if letter.address else words["you"]
    return locale, words, {"shop": letter.shop, "topic": letter.topic, "address": address}
