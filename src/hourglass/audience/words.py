"""A condition in words, for people who did not write it."""

from __future__ import annotations

from datetime import timedelta

from hourglass.audience.condition import AllOf, AnyOf, Condition, Did, HasConsent, InSegment, Not, Trait, Value, Where
from hourglass.audience.operators import OPERATORS

_WORDS = {
    "en": {
        "all": " and ", "any": " or ", "not": "not ({0})", "did": "did “{0}”", "segment": "is in segment “{0}”",
        "consent": "agreed to “{1}” by {0}", "where": ", where {0}", "within": " in the last {0}",
        "since": " since {0}", "until": " before {0}",
        "count": "{0} times", "sum": "sum of {1} {0}", "avg": "average {1} {0}",
        "min": "smallest {1} {0}", "max": "largest {1} {0}", "distinct": "different {1}: {0}",
        "days": "{0} d", "hours": "{0} h", "minutes": "{0} min",
    },
    "ru": {
        "all": " и ", "any": " или ", "not": "не ({0})", "did": "событие «{0}»", "segment": "входит в сегмент «{0}»",
        "consent": "согласие на «{1}» через {0}", "where": ", где {0}", "within": " за последние {0}",
        "since": " с {0}", "until": " до {0}", "count": "{0} раз", "sum": "сумма {1} {0}", "avg": "среднее {1} {0}",
        "min": "наименьшее {1} {0}", "max": "наибольшее {1} {0}", "distinct": "разных {1}: {0}",
        "days": "{0} дн.", "hours": "{0} ч", "minutes": "{0} мин",
    },
}  # fmt: skip


def describe(condition: Condition, locale: str = "en", *, inner: bool = False) -> str:
    """One sentence without a full stop, in English or Russian."""
    words = _WORDS.get(locale, _WORDS["en"])
    match condition:
        case AllOf(of) | AnyOf(of):
            glue = words["all" if isinstance(condition, AllOf) else "any"]
            joined = glue.join(describe(child, locale, inner=True) for child in of)
            return f"({joined})" if inner and len(of) > 1 else joined
        case Not(of):
            return words["not"].format(describe(of, locale))
        case Trait(name, op, value):
            return f"{name} {_compared(op, value, locale)}"
        case Did():
            return _did(condition, words, locale)
        case InSegment(key):
            return words["segment"].format(key)
        case HasConsent(channel, topic):
            return words["consent"].format(channel, topic)


def _did(did: Did, words: dict[str, str], locale: str) -> str:
    said = words["did"].format(did.event)
    if did != Did(did.event, did.where, within=did.within, since=did.since, until=did.until):
        said += ", " + words[did.measure.kind].format(_compared(did.op, did.value, locale), did.measure.property)
    if did.where:
        said += words["where"].format(words["all"].join(_where(where, locale) for where in did.where))
    if did.within:
        said += words["within"].format(_span(did.within, words))
    if did.since:
        said += words["since"].format(did.since.date().isoformat())
    if did.until:
        said += words["until"].format(did.until.date().isoformat())
    return said


def _where(where: Where, locale: str) -> str:
    return f"{where.property} {_compared(where.op, where.value, locale)}"


def _compared(op: str, value: Value, locale: str) -> str:
    operator = OPERATORS[op]
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return operator.words.get(locale, operator.words["en"]).format(value=shown)


def _span(span: timedelta, words: dict[str, str]) -> str:
    minutes = int(span.total_seconds() // 60)
    for unit, size in (("days", 1440), ("hours", 60)):
        if minutes % size == 0 and minutes >= size:
            return words[unit].format(minutes // size)
    return words["minutes"].format(minutes)
