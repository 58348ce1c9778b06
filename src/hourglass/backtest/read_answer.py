"""Reads the answer of a backtest out of its scratch."""

from __future__ import annotations

from datetime import datetime, timedelta

from hourglass.backtest.replay import Told
from hourglass.definitions import Definition
from hourglass.journeys import OnCall, OnProduct, read_journey
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction
from hourglass.reports import Backtest, Words, read_examples, read_flow, span_words

_AS_TODAY: Words = {
    "en": "Templates, segments, rules of the gate, prices, stock and computed traits are taken as they are today.",
    "ru": "Шаблоны, сегменты, правила отправки, цены, остатки и вычисляемые признаки взяты такими, какие они сегодня.",
}
_NOBODY_ANSWERS: Words = {
    "en": "Nobody opened, clicked or bought because of these messages: what people did is what they really did.",
    "ru": "Никто не открывал этих писем и не покупал из-за них: люди делали то, что делали на самом деле.",
}
_NOBODY_ASKED: Words = {
    "en": "Other systems were not asked: whoever waits for a webhook goes on as if no answer came in time.",
    "ru": "Запросы в другие системы не отправлялись: кто ждёт ответа на вебхук, идёт дальше так, будто ответа не было.",
}
_TOLD_PRODUCTS: Words = {
    "en": "What products cost and whether they were there is known from events alone: other changes are missing.",
    "ru": "Цены и наличие известны только из событий: изменений, о которых событий не было, здесь нет.",
}
_REAL_CALLS: Words = {
    "en": "Put in by calls were those who really were: whom the rule of re-entry turned away then, nobody noted.",
    "ru": "Вызовами добавлены те, кого добавили на самом деле: кого тогда не пустил повторный вход, неизвестно.",
}
_ROUNDED: Words = {
    "en": "For speed, whatever fell due within the same {span} was done at once; --grain 0s is as exact as life.",
    "ru": "Для скорости всё, что приходилось на одни и те же {span}, выполнялось сразу; точно как в жизни: --grain 0s.",
}


def read_answer(
    tx: Transaction,
    workspace: Workspace,
    found: Definition,
    since: datetime,
    until: datetime,
    told: Told,
    grain: timedelta,
) -> Backtest:
    """Everything as of the end of the period."""
    seconds = grain.total_seconds()
    way = read_journey(found.body).entry.way
    rounded = {language: text.format(span=span_words(grain)[language]) for language, text in _ROUNDED.items()}
    return Backtest(
        since=since,
        until=until,
        events=told.events,
        ticks=told.ticks,
        grain_seconds=seconds,
        flow=read_flow(tx, workspace, found, until, since),
        examples=read_examples(tx, workspace, found, since),
        notes=[
            _AS_TODAY,
            _NOBODY_ANSWERS,
            *([_TOLD_PRODUCTS] if isinstance(way, OnProduct) else []),
            *([_REAL_CALLS] if isinstance(way, OnCall) else []),
            *([_NOBODY_ASKED] if _asks_others(found) else []),
            *([rounded] if grain else []),
        ],
    )


def _asks_others(found: Definition) -> bool:
    return any(node.kind == "webhook" for node in read_journey(found.body).program.nodes.values())
