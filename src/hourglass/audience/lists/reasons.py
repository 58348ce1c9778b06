"""Why a line of a file, or one of those asked for, could not be matched with a person."""

from __future__ import annotations

from msgspec import Struct

REASONS: dict[str, dict[str, str]] = {
    "unknown": {
        "en": "Nobody here has this identifier.",
        "ru": "Такого идентификатора нет ни у кого.",
    },
    "no_such_person": {
        "en": "There is no person with this number.",
        "ru": "Человека с таким номером нет.",
    },
    "no_identifier": {
        "en": "The line names nobody: its identifier is empty.",
        "ru": "В строке никто не назван: идентификатор пуст.",
    },
    "not_an_email": {
        "en": "This is no e-mail address.",
        "ru": "Это не адрес электронной почты.",
    },
    "not_a_phone": {
        "en": "This is no phone number; write it with its country, like +7 701 123 45 67.",
        "ru": "Это не номер телефона; пишите его с кодом страны, например +7 701 123 45 67.",
    },
    "damaged_number": {
        "en": "A spreadsheet rounded this number; format the column as text and export again.",
        "ru": "Таблица округлила этот номер; сделайте столбец текстовым и выгрузите файл снова.",
    },
    "placeholder": {
        "en": "This is a placeholder, not an identifier.",
        "ru": "Это заглушка, а не идентификатор.",
    },
    "two_people": {
        "en": "The identifiers of this line belong to different people; merge them first, or leave one out.",
        "ru": "Идентификаторы этой строки принадлежат разным людям; объедините их или оставьте один.",
    },
    "not_json": {
        "en": "This line is not JSON; write an object or a text in each line.",
        "ru": "Эта строка не JSON; в каждой строке должен быть объект или текст.",
    },
    "too_large": {
        "en": "The line is too long for a contact.",
        "ru": "Строка слишком длинна для контакта.",
    },
}


class Miss(Struct, frozen=True, kw_only=True):
    """One of those who were not found: `line` counts from 1, as an editor shows it."""

    line: int
    reason: str
    text: str
    """What stood there."""
    words: str
    """The reason as a sentence."""


def miss(line: int, reason: str, text: str, locale: str = "en") -> Miss:
    """A miss with its sentence, in English or Russian."""
    words = REASONS[reason]
    return Miss(line=line, reason=reason, text=text[:200], words=words.get(locale, words["en"]))
