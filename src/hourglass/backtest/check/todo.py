"""One thing that a check found, in two languages, with its place in the document."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Weight = Literal["must", "should", "know"]
"""Without it nothing will work; it is probably not meant; good to know."""

_SENTENCES: dict[str, tuple[str, str]] = {
    "unknown_name": ("{message}{near}", "В данных такого ещё не было: {names}.{near_ru}"),
    "event_never": (
        "No event “{event}” has ever come: nobody will enter or move on by it.",
        "События «{event}» ещё ни разу не было: по нему никто не войдёт и не пойдёт дальше.",
    ),
    "event_silent": (
        "The event “{event}” last came on {at}, more than {days} days ago: is it still sent?",
        "Событие «{event}» последний раз было {at}, больше {days} дн. назад. Оно ещё приходит?",
    ),
    "template_missing": (
        "There is no live template “{template}”: make it before the launch.",
        "Нет действующего шаблона «{template}»: создайте его до запуска.",
    ),
    "template_channel": (
        "The template “{template}” is for {its}, and this step sends by {channel}.",
        "Шаблон «{template}» сделан для канала {its}, а шаг отправляет через {channel}.",
    ),
    "template_variable": (
        "The template “{template}” speaks of event.{variable}; the latest events “{event}” have no such property.",
        "Шаблон «{template}» использует event.{variable}, а в последних событиях «{event}» такого свойства нет.",
    ),
    "segment_missing": (
        "There is no live segment “{segment}”: nobody will come in by it.",
        "Нет действующего сегмента «{segment}»: по нему никто не войдёт.",
    ),
    "segment_unknown": (
        "A condition asks about the segment “{segment}”, and there is no live one: it never holds.",
        "Условие смотрит на сегмент «{segment}», а такого действующего сегмента нет: оно никогда не выполнится.",
    ),
    "topic_missing": (
        "The topic “{topic}” is not among those that people can choose: {known}.",
        "Темы «{topic}» нет среди тех, на которые можно подписаться: {known}.",
    ),
    "daily": (
        "Lately “{event}” comes about {daily} times a day: expect no more entries than that.",
        "В последнее время «{event}» происходит около {daily} раз в день: больше входов не будет.",
    ),
    "members": (
        "The segment “{segment}” has {size} people.",
        "В сегменте «{segment}» сейчас {size} человек.",
    ),
    "unreachable": ("No way leads to this step.", "К этому шагу не ведёт ни один путь."),
    "nothing_done": (
        "The journey sends nothing and changes nothing: people only pass through.",
        "Сценарий ничего не отправляет и не меняет: люди просто проходят его насквозь.",
    ),
    "idle_end": (
        "After this wait nothing follows: people stay in the journey for it, and that is all.",
        "После этого ожидания ничего нет: человек просто дольше числится в сценарии.",
    ),
    "no_way_out": (
        "From here nobody ever leaves: every way leads back into the loop.",
        "Отсюда нет выхода: все пути ведут обратно в цикл.",
    ),
    "collision": (
        "The same entry as {names}: the same people will be in both. A slot of the policy decides who writes.",
        "Тот же вход, что у {names_ru}: люди будут одни и те же. Кому писать, решает слот в политике.",
    ),
    "volume": (
        "In {days} days the entry event came {events} times from {people} people: about {daily} entries a day.",
        "За {days} дн. событие входа было {events} раз у {people} человек: около {daily} входов в день.",
    ),
    "reach": (
        "Of these people {reachable} may get marketing by {channel} today, that is {share} %.",
        "Из них маркетинг через {channel} сегодня можно отправить {reachable}, то есть {share} %.",
    ),
}


class Todo(Struct, frozen=True, kw_only=True):
    """`path` is empty where it is about the journey as a whole."""

    weight: Weight
    code: str
    path: str
    words: dict[str, str]


def todo(weight: Weight, code: str, path: str, **told: object) -> Todo:
    """A finding in words."""
    english, russian = _SENTENCES[code]
    words = {"en": english.format(**told), "ru": russian.format(**told)}
    return Todo(weight=weight, code=code, path=path, words=words)
