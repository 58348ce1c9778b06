"""What `hourglass experiments` says, in two languages."""

from __future__ import annotations

from collections.abc import Mapping

from hourglass.cli.language import Language

_WORDS: Mapping[str, tuple[str, str]] = {
    # headings
    "kind": ("kind", "вид"),
    "key": ("key", "ключ"),
    "step": ("step", "шаг"),
    "arms": ("arms", "варианты"),
    "since": ("since", "с"),
    "name": ("name", "название"),
    "arm": ("arm", "вариант"),
    "people": ("people", "людей"),
    "buyers": ("buyers", "купили"),
    "conversion": ("conversion", "конверсия"),
    "orders": ("orders", "заказов"),
    "revenue": ("revenue", "выручка"),
    "credited": ("credited to messages", "засчитано сообщениям"),
    "unsubscribed": ("unsubscribed", "отписались"),
    "complained": ("complained", "пожаловались"),
    "beside": ("beside “{baseline}”", "сверх «{baseline}»"),
    "added": ("added", "прибавка"),
    "low": ("at least", "не меньше"),
    "high": ("at most", "не больше"),
    "certain": ("certain", "достоверно"),
    # what an experiment is drawn by, and the arms of a control group
    "journey": ("journey", "сценарий"),
    "campaign": ("campaign", "рассылка"),
    "policy": ("policy", "политика"),
    "control": ("control", "контроль"),
    "treated": ("treated", "с сообщениями"),
    "yes": ("yes", "да"),
    "no": ("no", "нет"),
    # sentences
    "about": (
        "{name}, since {since}, {days} days after each person was assigned",
        "{name}, с {since}; считаем {days} дн. после попадания человека в эксперимент",
    ),
    "orders_added": ("orders", "заказы"),
    "pending": (
        "{count} more people count when their days are over.",
        "Ещё людей, у которых срок не вышел: {count}; они войдут в расчёт позже.",
    ),
    "crossed": (
        "{count} people turned up in another arm later; they count where they were first.",
        "Людей, которые позже попали и в другой вариант: {count}; они учтены в первом.",
    ),
}


def say(word: str, language: Language, **values: object) -> str:
    """A word or sentence; a name of the author's own, which is none of ours, is said as it is."""
    pair = _WORDS.get(word)
    return word if pair is None else pair[language == "ru"].format(**values)
