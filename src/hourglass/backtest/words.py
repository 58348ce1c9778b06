"""What backtests and reports say, in two languages."""

from __future__ import annotations

from collections.abc import Mapping

from hourglass.messages import words_of

Words = dict[str, str]

_ENDS: Mapping[str, tuple[str, str]] = {
    "exit_condition": ("the exit condition came true", "выполнилось условие выхода"),
    "exit_step": ("an exit step", "шаг «Выход»"),
    "merged": ("it was one person twice", "это был один и тот же человек"),
    "no_codes_left": ("no promo codes were left", "закончились промокоды"),
    "endless": ("the steps went round without end", "шаги пошли по кругу"),
    "before": ("entered before the period", "вход до начала периода"),
}

_EFFECTS: Mapping[str, tuple[str, str]] = {
    "update": ("traits are set", "записываются признаки"),
    "list": ("a list is changed", "меняется список"),
    "emit": ("an event is told", "передаётся событие"),
    "webhook": ("another system is asked", "запрос в другую систему"),
    "task": ("somebody gets a task", "ставится задача сотруднику"),
    "alert": ("an alert is raised", "приходит оповещение"),
    "start": ("another journey is started", "запускается другой сценарий"),
}

_HAPPENINGS: Mapping[str, tuple[str, str]] = {
    "entered": ("Enters: {event}", "Входит: {event}"),
    "waits": ("Waits until {until}", "Ждёт до {until}"),
    "went_on": ("Goes on to {to}", "Идёт дальше: {to}"),
    "queued": ("A message is planned: {channel}, {template}", "Запланировано сообщение: {channel}, {template}"),
    "did": ("Action: {effect}", "Действие: {effect}"),
    "not_done": ("Not done: {effect}. {why}", "Не сделано: {effect}. {why}"),
    "exited": ("Leaves: {reason}", "Выходит: {reason}"),
    "goal": ("Reaches the goal", "Достигает цели"),
    "finished": ("Reaches the end", "Доходит до конца"),
    "sent": ("Gets it: {template}", "Получает: {template}"),
    "withheld": ("Does not get it: {reason}{detail}", "Не получает: {reason}{detail}"),
    "failed": ("It could not be made: {reason}{detail}", "Не удалось собрать: {reason}{detail}"),
    "put_off": ("Is put off until {until}: {reason}", "Отложено до {until}: {reason}"),
    "done": ("{outcome}", "{outcome}"),
}


def pair(words: tuple[str, str]) -> Words:
    """Both languages."""
    return {"en": words[0], "ru": words[1]}


def end_words(code: str) -> Words:
    """Why a run ended early; an author's own reason stands as it was written."""
    known = _ENDS.get(code)
    return {"en": code, "ru": code} if known is None else pair(known)


def effect_words(code: str) -> Words:
    """What an action does; an unknown one goes by its code."""
    known = _EFFECTS.get(code)
    return {"en": code, "ru": code} if known is None else pair(known)


def happening_words(code: str, told: Mapping[str, object]) -> Words:
    """What happened to a run. Values that are words themselves are taken in the same language."""
    sentence = _HAPPENINGS.get(code, _HAPPENINGS["done"])
    return {
        language: text.format_map({key: _in(value, language) for key, value in {"outcome": code, **told}.items()})
        for language, text in pair(sentence).items()
    }


def reason_words(code: str | None) -> Words:
    """The gate's reason."""
    return words_of(code) or {"en": "", "ru": ""}


def _in(value: object, language: str) -> str:
    return str(value[language]) if isinstance(value, dict) else str(value)  # pyright: ignore[reportUnknownArgumentType]
