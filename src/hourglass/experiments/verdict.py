"""The result in one sentence, for people; careful before it is bold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from msgspec import Struct

from hourglass.experiments.ratio import Ratio
from hourglass.experiments.source import TREATED

VerdictCode = Literal["mismatch", "harmful", "added", "lost", "too_early", "undecided"]
_GUARDS = ("unsubscribed", "complained")
_GOALS = ("revenue", "orders", "conversion")
_WORDS: Mapping[VerdictCode, tuple[str, str]] = {
    "mismatch": (
        "The arms do not have the people that were planned, so nothing here can be trusted: find out who got lost.",
        "Группы набрались не в тех долях, что задумано, поэтому верить цифрам нельзя: сначала выясните, кто потерялся.",
    ),
    "harmful": (
        "More people complain or unsubscribe because of “{arm}”.",
        "Из-за варианта «{arm}» люди чаще жалуются или отписываются.",
    ),
    "added": ("“{arm}” adds to {metric}: that is certain.", "Вариант «{arm}» увеличивает {metric}: это достоверно."),
    "lost": ("“{arm}” takes from {metric}: that is certain.", "Вариант «{arm}» снижает {metric}: это достоверно."),
    "too_early": (
        "Too early to say: each arm needs a hundred people whose time is over, and some orders.",
        "Пока рано судить: в каждой группе нужна сотня человек, у которых срок уже вышел, и несколько заказов.",
    ),
    "undecided": (
        "No difference is certain yet; you may look as often as you like.",
        "Достоверной разницы пока нет; смотреть можно сколько угодно, результат от этого не испортится.",
    ),
}
_WORDS_OF_MESSAGES: Mapping[VerdictCode, tuple[str, str]] = {
    "harmful": (
        "More people complain or unsubscribe because of the messages.",
        "Из-за сообщений люди чаще жалуются или отписываются.",
    ),
    "added": ("The messages add to {metric}: that is certain.", "Сообщения увеличивают {metric}: это достоверно."),
    "lost": ("The messages take from {metric}: that is certain.", "Сообщения снижают {metric}: это достоверно."),
}
"""The same beside a control group."""
_METRICS: Mapping[str, tuple[str, str]] = {
    "revenue": ("revenue", "выручку"),
    "orders": ("orders", "число заказов"),
    "conversion": ("conversion", "конверсию"),
}


class Verdict(Struct, frozen=True, kw_only=True):
    """A code, and the sentence by language. `arm` and `metric` are those it is about."""

    code: VerdictCode
    arm: str | None
    metric: str | None
    words: dict[str, str]


class Bounds(Protocol):
    """What is asked of an effect."""

    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def verdict(ratio: Ratio, effects: Mapping[str, Mapping[str, Bounds]]) -> Verdict:
    """By arm and metric. What makes it unbelievable comes first, then harm, then the best-known goal."""
    if ratio.mismatch:
        return _say("mismatch")
    for metric in _GUARDS:
        for arm, own in effects.items():
            if metric in own and (own[metric].low or 0.0) > 0:
                return _say("harmful", arm, metric)
    for metric in _GOALS:
        for arm, own in effects.items():
            if metric in own and (own[metric].low or 0.0) > 0:
                return _say("added", arm, metric)
            if metric in own and (own[metric].high or 0.0) < 0:
                return _say("lost", arm, metric)
    known = any(own[metric].low is not None for own in effects.values() for metric in _GOALS if metric in own)
    return _say("undecided" if known else "too_early")


def _say(code: VerdictCode, arm: str | None = None, metric: str | None = None) -> Verdict:
    names = _METRICS.get(metric or "", ("", ""))
    words = _WORDS_OF_MESSAGES if arm == TREATED else _WORDS
    return Verdict(
        code=code,
        arm=arm,
        metric=metric,
        words={
            language: sentence.format(arm=arm, metric=name)
            for language, sentence, name in zip(("en", "ru"), words[code], names, strict=True)
        },
    )
