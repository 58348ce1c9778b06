"""What the public pages say, in the language of the person."""

from __future__ import annotations

from typing import Literal

Locale = Literal["en", "ru"]

WORDS: dict[Locale, dict[str, str]] = {
    "en": {
        "ask_title": "Unsubscribe?",
        "ask": "We will stop writing to {address} about “{topic}”.",
        "yes": "Unsubscribe",
        "everything": "Stop all news and offers from {shop}",
        "done_title": "You are unsubscribed",
        "done": "We will not write to {address} about “{topic}” any more.",
        "done_everything": "{shop} will not send {address} any more news or offers.",
        "orders": "Messages about your orders still reach you.",
        "slip": "That was a slip, keep me subscribed",
        "back_title": "You are subscribed again",
        "back": "Good to have you back. We will write to {address} about “{topic}” as before.",
        "already_title": "You are unsubscribed already",
        "already": "We do not write to {address} about “{topic}”.",
        "lost_title": "This link does not work",
        "lost": "It may have been cut when it was copied. Please use the link in the message itself.",
        "gone_title": "This message is gone",
        "gone": "The shop does not keep it any more. Nothing will be sent because of it.",
        "you": "you",
    },
    "ru": {
        "ask_title": "Отписаться?",
        "ask": "Мы перестанем писать на {address} на тему «{topic}».",
        "yes": "Отписаться",
        "everything": "Отписаться от всех рассылок {shop}",
        "done_title": "Вы отписались",
        "done": "Мы больше не будем писать на {address} на тему «{topic}».",
        "done_everything": "{shop} больше не будет присылать новости и предложения на {address}.",
        "orders": "Письма о ваших заказах по-прежнему будут приходить.",
        "slip": "Это случайность, оставьте подписку",
        "back_title": "Вы снова подписаны",
        "back": "Рады, что вы с нами. Будем, как и раньше, писать на {address} на тему «{topic}».",
        "already_title": "Вы уже отписаны",
        "already": "Мы не пишем на {address} на тему «{topic}».",
        "lost_title": "Ссылка не работает",
        "lost": "Возможно, она обрезалась при копировании. Откройте ссылку прямо из письма.",
        "gone_title": "Этого письма больше нет",
        "gone": "Магазин его уже не хранит. Из-за него вам ничего не придёт.",
        "you": "ваш адрес",
    },
}


def known(locale: str) -> Locale:
    """The language of the pages for a person's locale."""
    return "ru" if locale.lower().startswith("ru") else "en"
