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
    "journey_missing": (
        "There is no live journey “{key}”: nobody is let in there.{hint}",
        "Нет действующего сценария «{key}»: туда никто не войдёт.{hint_ru}",
    ),
    "pool_missing": (
        "There is no pool of codes “{key}”: hourglass promo import {key} FILE.{hint}",
        "Нет набора промокодов «{key}»: hourglass promo import {key} FILE.{hint_ru}",
    ),
    "list_missing": (
        "There is no live list “{key}”, a segment with list: true.{hint}",
        "Нет действующего списка «{key}» (сегмента с list: true).{hint_ru}",
    ),
    "connector_missing": (
        "There is no live connector “{key}”: nobody is told.{hint}",
        "Нет действующего коннектора «{key}»: сообщать некому.{hint_ru}",
    ),
    "secret_missing": (
        "There is no secret “{key}”: hourglass secrets set {key}.{hint}",
        "Нет секрета «{key}»: hourglass secrets set {key}.{hint_ru}",
    ),
    "channel_unknown": (
        "No plug-in serves a channel “{key}”: nothing leaves by it.{hint}",
        "Канала «{key}» нет ни у одного плагина: по нему ничего не уйдёт.{hint_ru}",
    ),
    "fact_unknown": (
        "It asks about steps.{key}, and no step of this journey has this id or brings it: it never holds.{hint}",
        "Здесь спрашивают о steps.{key}, но шага с таким id или таким результатом нет: условие не выполнится.{hint_ru}",
    ),
    "not_carried": (
        "The latest events “{event}” have no property “{property}”.",
        "В последних событиях «{event}» нет свойства «{property}».",
    ),
    "entry_journey_missing": (
        "There is no live journey “{key}” whose messages could let anybody in.{hint}",
        "Нет действующего сценария «{key}»: его письма никого не приведут.{hint_ru}",
    ),
    "entry_template_missing": (
        "There is no live template “{key}” whose messages could let anybody in.{hint}",
        "Нет действующего шаблона «{key}»: письма по нему никого не приведут.{hint_ru}",
    ),
    "no_goal": (
        "Its reward is the goal, and the journey has none: it learns nothing. Add a `goal`, or a step {{goal: NAME}}.",
        "Награда здесь — цель, но цели в сценарии нет: учиться не на чем. Добавьте goal или шаг {{goal: NAME}}.",
    ),
    "repeats_at_once": (
        "All rounds of this loop come within one moment: put a wait into it.",
        "Все повторы этого цикла пройдут в один миг: добавьте в него ожидание.",
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
        "The same entry as {names}: the same people will be in both, and hear of both unless these share a slot.",
        "Тот же вход, что у {names_ru}: люди будут одни и те же и получат письма обоих, если у них нет общего слота.",
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
