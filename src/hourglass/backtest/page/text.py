"""What the page says, in two languages."""

from __future__ import annotations

from collections.abc import Mapping

_TEXTS: Mapping[str, tuple[str, str]] = {
    "backtest": ("Backtest", "Проверка на прошлом"),
    "report": ("Report", "Отчёт"),
    "entered": ("entries", "входов"),
    "people": ("people", "человек"),
    "waiting": ("still inside", "сейчас внутри"),
    "finished": ("went to the end", "дошли до конца"),
    "by_goal": ("left with the goal", "вышли, достигнув цели"),
    "left": ("left early", "вышли раньше"),
    "kept_out": ("kept out as the control group", "в контрольной группе"),
    "sent": ("messages sent", "сообщений отправлено"),
    "would": ("messages would be sent", "сообщений ушло бы"),
    "withheld": ("withheld", "не отправлено"),
    "failed": ("could not be made", "не удалось собрать"),
    "goals": ("reached the goal", "достигли цели"),
    "events": ("events replayed", "событий воспроизведено"),
    "revenue": ("revenue credited", "выручка от сценария"),
    "orders": ("orders credited", "заказов от сценария"),
    "no_control": (
        "What it adds is not known: there is no control group. Write control: 10 into the journey.",
        "Неизвестно, что он добавляет: нет контрольной группы. Допишите в сценарий control: 10.",
    ),
    "why_withheld": ("Why messages were not sent", "Почему сообщения не отправлены"),
    "why_failed": ("Why messages could not be made", "Почему сообщения не собраны"),
    "why_left": ("Why people left early", "Почему выходили раньше"),
    "days": ("Day by day", "По дням"),
    "examples": ("People, as it would have been", "Люди: как это было бы"),
    "nobody": ("Nobody entered in this period.", "За этот период никто не вошёл."),
    "entry": ("Entry", "Вход"),
    "end": ("End", "Конец"),
    "node_came": ("{n} came", "пришли: {n}"),
    "node_waiting": ("{n} waiting", "ждут: {n}"),
    "node_left": ("{n} left", "вышли: {n}"),
    "node_sent": ("{n} sent", "отправлено: {n}"),
    "node_withheld": ("{n} withheld", "не отправлено: {n}"),
    "node_failed": ("{n} failed", "ошибок: {n}"),
    "graph": ("The journey", "Сценарий"),
    "day": ("day", "день"),
    "somebody": ("Visitor {n}", "Посетитель {n}"),
    "notes": ("What this does not know", "Чего здесь не учесть"),
}

_KINDS: Mapping[str, tuple[str, str]] = {
    "wait": ("Wait", "Ждать"),
    "branch": ("Branch", "Развилка"),
    "split": ("Split", "Разделить"),
    "send": ("Send", "Отправить"),
    "start": ("Start a journey", "Запустить сценарий"),
    "exit": ("Leave", "Выйти"),
    "goal": ("Goal", "Цель"),
    "repeat": ("Repeat", "Повторять"),
    "go": ("Go to", "Перейти"),
    "update": ("Update the profile", "Обновить профиль"),
    "emit": ("Tell an event", "Создать событие"),
    "webhook": ("Webhook", "Вебхук"),
    "task": ("Task", "Задача"),
    "alert": ("Alert", "Оповестить"),
    "promo": ("Promo code", "Промокод"),
    "list": ("List", "Список"),
    "audience": ("Audience", "Аудитория"),
    "bandit": ("Bandit", "Лучший вариант"),
    "throttle": ("Throttle", "Не больше"),
    "batch": ("Batch", "Группой"),
    "digest": ("Digest", "Собрать"),
}


def text(code: str, language: str, **values: object) -> str:
    """A text of the page."""
    return _TEXTS[code][_place(language)].format(**values)


def kind_words(kind: str, language: str) -> str:
    """What a kind of step is called; one that came later goes by its own word."""
    known = _KINDS.get(kind)
    return kind.replace("_", " ").capitalize() if known is None else known[_place(language)]


def _place(language: str) -> int:
    return int(language == "ru")
