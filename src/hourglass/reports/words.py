"""What backtests and reports say, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hourglass.kernel import to_major
from hourglass.messages import words_of

Words = dict[str, str]

_ENDS: Mapping[str, tuple[str, str]] = {
    "exit_condition": ("the exit condition came true", "выполнилось условие выхода"),
    "exit_step": ("an exit step", "шаг «Выход»"),
    "merged": ("it was one person twice", "это был один и тот же человек"),
    "no_codes_left": ("no promo codes were left", "закончились промокоды"),
    "nothing_collected": ("there was nothing to tell about", "рассказывать было не о чем"),
    "endless": ("the steps went round without end", "шаги пошли по кругу"),
    "before": ("entered before the period", "вход до начала периода"),
}

_EFFECTS: Mapping[str, tuple[str, str]] = {
    "update": ("traits are set", "записываются признаки"),
    "list": ("a list is changed", "меняется список"),
    "audience": ("an audience elsewhere is changed", "меняется аудитория в другой системе"),
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
    "timed_out": ("“{event}” did not come in time", "Событие «{event}» вовремя не произошло"),
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

_DECISIONS: Mapping[str, tuple[str, str]] = {
    "went_on": ("At {step} ({what}) went on to {to}: {rule}", "На шаге {step} ({what}) пошёл на {to}: {rule}"),
    "timed_out": (
        "At {step} “{event}” did not come in time",
        "На шаге {step} событие «{event}» вовремя не произошло",
    ),
    "taken_over": (
        "At {step} taken over into version {version}, to {to}",
        "На шаге {step} переведён в версию {version}, на шаг {to}",
    ),
    "control_group": (
        "Gets nothing from this journey: in its control group, by lot",
        "Ничего не получает: попал по жребию в контрольную группу сценария",
    ),
    "goal": ("Reached the goal at {step}", "Достиг цели на шаге {step}"),
    "not_live": (
        "Did not enter: “{name}” is not live (it is {state})",
        "Не вошёл: «{name}» не работает (состояние: {state})",
    ),
    "never_came": (
        "Did not enter: the event “{event}” never came from this person",
        "Не вошёл: события «{event}» от этого человека не было",
    ),
    "before_launch": (
        "Did not enter: “{event}” last came on {last}, before the journey was there ({launched})",
        "Не вошёл: «{event}» последний раз было {last}, раньше, чем появился сценарий ({launched})",
    ),
    "never_fitted": (
        "Did not enter: “{event}” came {times} times, last on {last}, and never so that: {rule}",
        "Не вошёл: «{event}» было {times} раз, последний раз {last}, но ни разу так, чтобы: {rule}",
    ),
    "fitted_not": (
        "Did not enter: “{event}” came {times} times, last on {last}; imported, late ({max_age}) or paused: no entry",
        "Не вошёл: «{event}» было {times} раз, последний раз {last}; из импорта, на паузе, позже {max_age} не впускает",
    ),
    "at_the_door": (
        "Has not entered yet: waits at the door, because so many an hour come in; the turn is on {at}",
        "Пока не вошёл: стоит в очереди, потому что вход ограничен по скорости; черёд подойдёт {at}",
    ),
    "not_left": (
        "Did not enter: the person did not leave the segment “{segment}” while the journey was there",
        "Не вошёл: с тех пор как есть сценарий, человек не выходил из сегмента «{segment}»",
    ),
    "still_member": (
        "Did not enter: the person is still in the segment “{segment}”, since {since}",
        "Не вошёл: человек всё ещё в сегменте «{segment}», с {since}",
    ),
    "not_member_then": (
        "Did not enter: the person is not in the segment “{segment}”. The next occasion is on {next}",
        "Не вошёл: человека нет в сегменте «{segment}». В следующий раз сценарий запустится {next}",
    ),
    "not_yet_time": (
        "Has not entered yet: in the segment “{segment}” since {since}. The next occasion is on {next}",
        "Пока не вошёл: в сегменте «{segment}» с {since}. В следующий раз сценарий запустится {next}",
    ),
    "no_interest": (
        "Did not enter: the person showed no interest in any product lately (none of: {events})",
        "Не вошёл: человек давно не интересовался товарами (не было ни одного из событий: {events})",
    ),
    "nothing_changed": (
        "Did not enter: the person last looked for products on {last}, and none of them has changed in this way since",
        "Не вошёл: человек интересовался товарами последний раз {last}, и ни один из них с тех пор так не менялся",
    ),
    "not_again": (
        "Did not enter again by “{event}” on {last}: {rule}",
        "Не вошёл снова по событию «{event}» {last}: {rule}",
    ),
    "not_member": (
        "Did not enter: the person is not in the segment “{segment}”",
        "Не вошёл: человека нет в сегменте «{segment}»",
    ),
    "member_before": (
        "Did not enter: in the segment “{segment}” since {since}, before the journey was there ({launched})",
        "Не вошёл: в сегменте «{segment}» с {since}, раньше, чем появился сценарий ({launched})",
    ),
    "member_now": (
        "Did not enter yet: in the segment “{segment}” since {since}",
        "Пока не вошёл: в сегменте «{segment}» с {since}",
    ),
    "no_trait": (
        "Did not enter: the person has no trait “{trait}”",
        "Не вошёл: у человека нет признака «{trait}»",
    ),
    "not_that_day": (
        "Did not enter yet: “{trait}” is {value}, and the day has not come since the launch",
        "Пока не вошёл: «{trait}» — {value}, и этот день после запуска ещё не наступал",
    ),
    "not_brought": (
        "Did not enter: nobody and nothing brought this person into “{name}”",
        "Не вошёл: никто и ничто не привело этого человека в «{name}»",
    ),
}


_ENTRIES: Mapping[str, tuple[str, str]] = {
    "Segment Entered": ("Entered: joined the segment “{segment}”", "Вошёл: попал в сегмент «{segment}»"),
    "Segment Left": ("Entered: left the segment “{segment}”", "Вошёл: вышел из сегмента «{segment}»"),
    "Schedule": (
        "Entered: it was time, and the person was in the segment “{segment}”",
        "Вошёл: подошло время, и человек был в сегменте «{segment}»",
    ),
    "Date": ("Entered: it was the day of “{trait}”", "Вошёл: наступила дата «{trait}»"),
    "Price Dropped": (
        "Entered: “{name}” got cheaper, {price} instead of {old_price}",
        "Вошёл: «{name}» подешевел, {price} вместо {old_price}",
    ),
    "Back in Stock": ("Entered: “{name}” is back in stock", "Вошёл: «{name}» снова в наличии"),
    "Low Stock": ("Entered: only {stock} of “{name}” are left", "Вошёл: «{name}» заканчивается, осталось {stock}"),
    "New Product": ("Entered: “{name}” is new", "Вошёл: появилась новинка «{name}»"),
    "Journey Invitation": ("Entered: put in by a program or by hand", "Вошёл: добавлен программой или вручную"),
}
_THOUSANDS = 1000
_RUSSIAN = str.maketrans({",": "\u202f", ".": ","})
_UNITS: Mapping[int, tuple[str, str]] = {86_400: ("d", "дн."), 3_600: ("h", "ч"), 60: ("min", "мин")}
_AGAIN: Mapping[str, tuple[str, str]] = {
    "once": ("nobody enters twice", "повторно не входит никто"),
    "after": ("again only {span} after the last time", "снова — только через {span} после прошлого раза"),
    "inside": ("the person was still inside", "человек ещё не вышел из сценария"),
}


def entry_reason(entry: Mapping[str, Any]) -> Words | None:
    """By what somebody came in, where it was no event of their own; from the facts of the run."""
    known = _ENTRIES.get(str(entry.get("event")))
    told = {"name": entry.get("properties", {}).get("product_id"), **entry.get("properties", {})}
    return None if known is None else pair((known[0].format_map(_Told(told)), known[1].format_map(_Told(told))))


def again_words(rule: str, span: timedelta = timedelta()) -> Words:
    """What the rule of re-entry says."""
    told = span_words(span)
    return {language: text.format(span=told[language]) for language, text in pair(_AGAIN[rule]).items()}


def span_words(span: timedelta) -> Words:
    """A span in the largest unit in which it is a whole number."""
    seconds = round(span.total_seconds())
    for unit, (english, russian) in _UNITS.items():
        if seconds % unit == 0:
            return pair((f"{seconds // unit} {english}", f"{seconds // unit} {russian}"))
    return pair((f"{seconds} s", f"{seconds} с"))


class _Told(dict[str, Any]):
    """What is not known is a dash."""

    def __missing__(self, _: str) -> str:
        return "—"


def decision_words(code: str, told: Mapping[str, object]) -> Words:
    """A decision about a run, or why there is none; one without a sentence of its own goes by its code."""
    english, russian = _DECISIONS.get(code, ("{step}: {code}", "{step}: {code}"))
    values = {"code": code.replace("_", " "), **told}
    return {
        language: text.format_map({key: _in(value, language) for key, value in values.items()})
        for language, text in (("en", english), ("ru", russian))
    }


def number(value: float | Decimal, language: str) -> str:
    """As people write it: 1,234.50, in Russian with thin spaces and a comma."""
    return f"{value:,}".translate(_RUSSIAN) if language == "ru" else f"{value:,}"


def money(minor: float, currency: str, language: str) -> str:
    """`234.50 EUR`, from minor units; of thousands nobody reads the cents."""
    major = to_major(round(minor), currency)
    return f"{number(round(major) if abs(major) >= _THOUSANDS else major, language)}\u00a0{currency}"


def percent(share: float, language: str) -> str:
    """`3.1%`, in Russian `3,1 %`."""
    return f"{share:.1%}" if language == "en" else f"{100 * share:.1f}\u00a0%".replace(".", ",")


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
