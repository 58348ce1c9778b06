"""The present answer in the consent ledger: `{consent: {channel: email, topic: news}}`."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.reading import Node

_WORDS = {"en": "agreed to “{1}” by {0}", "ru": "согласие на «{1}» через {0}"}


class HasConsent(Leaf, frozen=True):
    """Agreed to a topic on a channel."""

    form: ClassVar[str] = "consent"
    fields: ClassVar[frozenset[str]] = frozenset({"consent"})

    channel: str
    topic: str

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        asked = node.node("consent", "{channel, topic}")
        asked.only({"channel", "topic"})
        return cls(asked.text("channel"), asked.text("topic"))

    def needs(self) -> Needs:
        """The answer."""
        return Needs(people=frozenset({f"consent:{self.channel}:{self.topic}"}))

    def truth(self, column: str, scope: Scope) -> Any:
        """No answer is no consent."""
        del column
        return scope.col(f"consent:{self.channel}:{self.topic}").fill_null(value=False)

    def words(self, locale: str) -> str:
        """“agreed to news by email”."""
        return _WORDS.get(locale, _WORDS["en"]).format(self.channel, self.topic)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """A channel and a topic."""
        text = {"type": "string"}
        asked = {"type": "object", "properties": {"channel": text, "topic": text}, "required": ["channel", "topic"]}
        return {"properties": {"consent": asked | {"additionalProperties": False}}, "required": ["consent"]}
