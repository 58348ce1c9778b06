"""What the public pages say, in the language of the person."""

from __future__ import annotations

from typing import Literal, cast

from hourglass.messages import spoken

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
        "trouble_title": "Please try again in a minute",
        "trouble": "The page cannot be shown right now; it is our fault, not yours. "
        "What you chose before still counts.",
        "used_title": "This link was used already, or is too old",
        "used": "A sign-in link works once, within an hour. Make a new one on the server: hourglass login-link",
        "you": "you",
        "choose": "Choose what to receive",
        "preferences_title": "What would you like to hear from us?",
        "preferences": "These settings are for {address}.",
        "topics": "Topics",
        "often": "How often",
        "fewer": "Write to me less often",
        "fewer_soft": "Only what matters most, about once a week",
        "language": "Language",
        "save": "Save",
        "pause": "Take a break for 30 days",
        "resume": "End the break now",
        "paused": "You are taking a break until {day}. Until then we send no news or offers.",
        "leave": "Unsubscribe from everything",
        "to_leave": "Break or unsubscribe from everything",
        "left": "{shop} will not send you any more news or offers, on any channel.",
        "waiting": "waits for your confirmation: follow the link that we sent you",
        "saved": "Saved. It counts from now on.",
        "resumed": "The break is over. Good to have you back.",
        "confirm_open_title": "Confirm your subscription",
        "confirm_open": "{shop} will write to {address} about “{topic}”.",
        "confirm_soft": "Was it not you? Just close this page, and nothing will be sent.",
        "confirm_yes": "Yes, subscribe me",
        "confirm_confirmed_title": "You are subscribed",
        "confirm_confirmed": "Thank you. We will write to {address} about “{topic}”. "
        "You can change your mind at any time.",
        "confirm_expired_title": "This link has expired",
        "confirm_expired": "It worked for seven days. Please subscribe once more, and we will send a new one.",
    },
    "ru": {
        "ask_title": "Отписаться?",
        "ask": "Мы перестанем писать на {address} на тему «{topic}».",
        "yes": "Отписаться",
        "everything": "Отписаться от всех рассылок «{shop}»",
        "done_title": "Вы отписались",
        "done": "Мы больше не будем писать на {address} на тему «{topic}».",
        "done_everything": "«{shop}» больше не будет присылать новости и предложения на {address}.",
        "orders": "Письма о ваших заказах по‑прежнему будут приходить.",
        "slip": "Это случайность, оставьте подписку",
        "back_title": "Вы снова подписаны",
        "back": "Рады, что вы с нами. Будем, как и раньше, писать на {address} на тему «{topic}».",
        "already_title": "Вы уже отписаны",
        "already": "Мы не пишем на {address} на тему «{topic}».",
        "lost_title": "Ссылка не работает",
        "lost": "Возможно, она обрезалась при копировании. Откройте ссылку прямо из письма.",
        "gone_title": "Этого письма больше нет",
        "gone": "Магазин его уже не хранит. Из-за него вам ничего не придёт.",
        "trouble_title": "Попробуйте ещё раз через минуту",
        "trouble": "Сейчас страница не открывается, это неполадки у нас. Всё, что вы выбрали раньше, действует.",
        "used_title": "Ссылка уже использована или устарела",
        "used": "Ссылка для входа действует один раз в течение часа. Создайте новую на сервере: hourglass login-link",
        "you": "ваш адрес",
        "choose": "Выбрать, о чём писать",
        "preferences_title": "О чём вам писать?",
        "preferences": "Настройки для {address}.",
        "topics": "Темы",
        "often": "Как часто",
        "fewer": "Пишите мне реже",
        "fewer_soft": "Только самое важное, примерно раз в неделю",
        "language": "Язык",
        "save": "Сохранить",
        "pause": "Сделать перерыв на 30 дней",
        "resume": "Закончить перерыв",
        "paused": "У вас перерыв до {day}. До этого дня мы не пришлём ни новостей, ни предложений.",
        "leave": "Отписаться от всего",
        "to_leave": "Сделать перерыв или отписаться от всего",
        "left": "«{shop}» больше не пришлёт вам новостей и предложений ни по одному каналу.",
        "waiting": "ждёт подтверждения: откройте ссылку, которую мы вам прислали",
        "saved": "Сохранено. Уже действует.",
        "resumed": "Перерыв закончен. Рады, что вы с нами.",
        "confirm_open_title": "Подтвердите подписку",
        "confirm_open": "«{shop}» будет писать на {address} на тему «{topic}».",
        "confirm_soft": "Это были не вы? Просто закройте страницу, и ничего не придёт.",
        "confirm_yes": "Да, подписаться",
        "confirm_confirmed_title": "Вы подписаны",
        "confirm_confirmed": "Спасибо! Будем писать на {address} на тему «{topic}». Передумать можно в любой момент.",
        "confirm_expired_title": "Ссылка больше не действует",
        "confirm_expired": "Она работала семь дней. Подпишитесь, пожалуйста, ещё раз, и мы пришлём новую.",
    },
}


MONTHS: dict[Locale, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
           "декабря"),
}  # fmt: skip
"""As they stand in a date."""

CHANNELS: dict[str, dict[Locale, str]] = {
    "email": {"en": "E-mail", "ru": "Почта"},
    "sms": {"en": "SMS", "ru": "СМС"},
    "push": {"en": "Notifications", "ru": "Уведомления"},
    "whatsapp": {"en": "WhatsApp", "ru": "WhatsApp"},
}
"""What people call channels; another is called by its own name."""


def known(*wanted: str) -> Locale:
    """The language of the pages for these locales, those tried first that come first."""
    return cast("Locale", spoken(*wanted))
