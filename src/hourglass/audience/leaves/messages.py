"""What became of the last messages: `{messages: {last: 10, channel: email}, did: opened, op: exactly, value: 0}`."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from typing import Any, ClassVar, Self

from msgspec import Struct

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import AGE, AT, ORDER, Scope, span
from hourglass.audience.comparison.compare import check_fit, compare, read_comparison, said
from hourglass.audience.leaves.leaf import Leaf, Source
from hourglass.audience.operators import Value
from hourglass.audience.plural import last_span
from hourglass.audience.reading import Node, meant
from hourglass.kernel import Malformed

_SENT = "Message Sent"
_FILTERS = ("channel", "journey", "template")
_MOST = 100
_MESSAGE, _BY, _HUMAN = "message_id", "by", "human"
_WORDS = {
    "en": {"opened": "opened", "clicked": "clicked", "delivered": "delivered", "bounced": "bounced",
           "complained": "complained about", "unsubscribed": "unsubscribed from",
           "said": "of the last {0} messages{1}{2}, {3}: {4}", "within": " in the last {0}"},
    "ru": {"opened": "открыто", "clicked": "с переходами", "delivered": "доставлено", "bounced": "вернулось",
           "complained": "с жалобами", "unsubscribed": "с отпиской",
           "said": "из последних {0} сообщений{1}{2} {3}: {4}", "within": " за {0}"},
}  # fmt: skip


class Answer(Struct, frozen=True):
    """Events that say that something became of a message; `human`: unless a machine did it."""

    events: tuple[str, ...]
    human: bool = False


ANSWERS = {
    "opened": Answer(("Message Opened", "Message Clicked"), human=True),  # a click shows that it was open
    "clicked": Answer(("Message Clicked",), human=True),
    "delivered": Answer(("Message Delivered",)),
    "bounced": Answer(("Message Bounced",)),
    "complained": Answer(("Message Complained",)),
    "unsubscribed": Answer(("Unsubscribed",)),
}


class LastMessages(Leaf, frozen=True):
    """How many of the last messages; where fewer were sent, of those. With `percent`, which part of them."""

    form: ClassVar[str] = "messages"
    fields: ClassVar[frozenset[str]] = frozenset({"messages", "did", "op", "value", "unit", "within"})

    last: int
    filters: tuple[tuple[str, str], ...]
    did: str
    op: str
    value: Value
    percent: bool = False
    within: timedelta | None = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        which = node.node("messages", "{last, channel, journey, template}")
        which.only({"last", *_FILTERS})
        last = which.number("last", 10)
        if last != int(last) or not 1 <= last <= _MOST:
            raise Malformed(f"How many of the last messages: 1 to {_MOST}.", path=which.at("last"))
        did = node.text("did")
        if did not in ANSWERS:
            raise Malformed(f"Known here: {', '.join(ANSWERS)}.{meant(did, ANSWERS)}", path=node.at("did"))
        if node.get("unit", "percent") != "percent":
            raise Malformed("The unit is percent, or none for a number of messages.", path=node.at("unit"))
        op, value = read_comparison(node, "at_least", None if "unit" in node else 1)
        check_fit(node, "messages", "number", op, value)
        filters = tuple((name, which.text(name)) for name in _FILTERS if name in which)
        return cls(int(last), filters, did, op, value, "unit" in node, node.duration("within"))

    def needs(self) -> Needs:
        """The messages and their answers, which come later than them."""
        told = {_MESSAGE, *(name for name, _ in self.filters), *((_BY,) if self._answer.human else ())}
        return Needs(events=dict.fromkeys((_SENT, *self._answer.events), self.within), properties=frozenset(told))

    @property
    def source(self) -> Source:
        """Events."""
        return "events"

    def rows(self, column: str, scope: Scope) -> list[list[Any]]:
        """For each message: how many were sent since, itself counted; whether it was answered."""
        number = scope.x.when(self._sent(scope)).then(1).otherwise(0).cum_sum(reverse=True)
        answered = scope.only(self._answered(scope), scope.col(AT)).max().over("subject", _MESSAGE)
        return [[
            number.over("subject", order_by=[AT, ORDER]).alias(f"{column}:number"),
            answered.alias(f"{column}:answered"),
        ]]  # fmt: skip

    def aggregates(self, column: str, scope: Scope) -> list[Any]:
        """How many, of how many, and how old the oldest are."""
        counted = self._sent(scope) & (scope.col(f"{column}:number") <= self.last)
        answered = scope.col(f"{column}:answered")
        done = counted & ~answered.is_null()
        return [
            scope.d.count(done).alias(f"{column}:done"),
            scope.d.count(counted).alias(f"{column}:sent"),
            scope.only(counted, scope.col(AGE)).max().alias(f"{column}:oldest"),
            scope.only(done, scope.col(AGE) + scope.col(AT) - answered).max().alias(f"{column}:told"),
        ]

    def truth(self, column: str, scope: Scope) -> Any:
        """The number compared; of no messages there is no part."""
        done, sent = (scope.col(f"{column}:{name}").fill_null(0) for name in ("done", "sent"))
        number = scope.only(sent > 0, done * 100.0 / sent) if self.percent else done
        return compare(self.op, number, "number", self.value, scope)

    def due(self, column: str, scope: Scope) -> list[Any]:
        """When the oldest of them leaves the window, or what was told of one (a clock elsewhere may go slow)."""
        if self.within is None:
            return []
        return [span(self.within) + 1 - scope.col(f"{column}:{name}") for name in ("oldest", "told")]

    def words(self, locale: str) -> str:
        """“of the last 10 messages (email), opened: exactly 0”."""
        words = _WORDS.get(locale, _WORDS["en"])
        which = f" ({', '.join(value for _, value in self.filters)})" if self.filters else ""
        window = words["within"].format(last_span(self.within, locale)) if self.within else ""
        amount = said(self.op, self.value, locale) + (" %" if self.percent else "")
        return words["said"].format(self.last, which, window, words[self.did], amount)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Which messages, what became of them, how many."""
        text = {"type": "string"}
        last = {"type": "integer", "minimum": 1, "maximum": _MOST}
        which = {"type": "object", "properties": {"last": last} | dict.fromkeys(_FILTERS, text)}
        return {
            "properties": {
                "messages": which | {"additionalProperties": False}, "did": {"enum": list(ANSWERS)},
                "op": {"$ref": "#/$defs/op"}, "value": {}, "unit": {"const": "percent"},
                "within": {"$ref": "#/$defs/duration"},
            },
            "required": ["messages", "did"],
        }  # fmt: skip

    @property
    def _answer(self) -> Answer:
        return ANSWERS[self.did]

    def _sent(self, scope: Scope) -> Any:
        """Whether a row is one of the messages that are meant."""
        hit = scope.event(_SENT) & ~scope.col(_MESSAGE).is_null()
        for name, value in self.filters:
            hit = hit & (scope.col(name) == value).fill_null(value=False)
        return self._recent(hit, scope)

    def _answered(self, scope: Scope) -> Any:
        """Whether a row is such an answer; where nobody judged who gave it, a person did."""
        hit = reduce(lambda one, other: one | other, [scope.event(name) for name in self._answer.events])
        hit = hit & (scope.col(_BY) == _HUMAN).fill_null(value=True) if self._answer.human else hit
        return self._recent(hit, scope)

    def _recent(self, hit: Any, scope: Scope) -> Any:
        return hit if self.within is None else hit & (scope.col(AGE) <= span(self.within))
