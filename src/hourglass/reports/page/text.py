"""What the page says, in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hourglass.reports.answer import FlowStep

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
    "campaign_report": ("Campaign report", "Отчёт о рассылке"),
    "none_kept_out": (
        "What it adds is not known: nobody was kept out. Write control: 10 into the campaign before it is sent.",
        "Неизвестно, что она добавляет: нет контрольной группы. До отправки допишите в рассылку control: 10.",
    ),
    "ready_at": ("{n} are still waiting; at this pace it is done at {at}.", "Ждут: {n}. Такими темпами закончим {at}."),
    "shares": (
        "Shares are of those sent. Opens and clicks are by people alone.",
        "Доли — от отправленных. Открытия и переходы — только живых людей, без роботов.",
    ),
    "course": ("Over time", "Как шла рассылка"),
    "nothing_left_yet": ("Nothing has left yet.", "Пока ничего не отправлено."),
    "in_numbers": ("In numbers", "То же в цифрах"),
    "hour": ("hour", "час"),
    "links": ("Where clicks led", "Куда переходили"),
    "editions": ("Editions", "Выпуски"),
    "variants": ("Variants", "Варианты"),
    "winner": ("winner", "победитель"),
    "ahead": ("the best is ahead by ({goal}, {sure}% sure)", "лучший впереди на ({goal}, надёжность {sure} %)"),
    "by_clicks": ("clicks", "переходы"),
    "by_opens": ("opens", "открытия"),
    "by_orders": ("orders a person", "заказов на человека"),
    "by_revenue": ("revenue a person", "выручка на человека"),
    "by_unsubscribes": ("unsubscribes and complaints", "отписки и жалобы"),
    "points": ("{low} to {high} points", "от {low} до {high} п. п."),
    "between": ("{low} to {high}", "от {low} до {high}"),
    "beside": ("revenue a person beside “{baseline}”", "выручка на человека по сравнению с «{baseline}»"),
    "too_early": ("too early to say", "пока рано судить"),
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


_TIMED = {"wait", "batch", "digest", "throttle", "bandit"}
"""Their summaries have spans of time, as documents write them: 90m, 2d."""
_SPAN = re.compile(r"\b(\d+)([smhdw])\b")
_UNITS: Mapping[str, tuple[str, str]] = {
    "s": ("s", "с"),
    "m": ("min", "мин"),
    "h": ("h", "ч"),
    "d": ("d", "дн."),
    "w": ("wk", "нед."),
}
_FORKS = {"branch", "split"}
"""Their ways say what they are about."""


def summary_words(step: FlowStep, language: str) -> str:
    """What a step does, in a line; nothing of a fork."""
    if step.kind in _FORKS:
        return ""
    if step.kind not in _TIMED:
        return step.summary
    return _SPAN.sub(lambda found: f"{found[1]}\u00a0{_UNITS[found[2]][_place(language)]}", step.summary)


def text(code: str, language: str, **values: object) -> str:
    """A text of the page."""
    return _TEXTS[code][_place(language)].format(**values)


def kind_words(kind: str, language: str) -> str:
    """What a kind of step is called; one that came later goes by its own word."""
    known = _KINDS.get(kind)
    return kind.replace("_", " ").capitalize() if known is None else known[_place(language)]


def _place(language: str) -> int:
    return int(language == "ru")
