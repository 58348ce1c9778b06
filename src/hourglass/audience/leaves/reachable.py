"""Whether a message of a channel could leave: `{reachable: email}`, `{reachable: email, topic: news}`."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.reading import Node

_WORDS = {
    "en": {"any": "can be reached by {0}", "topic": "can be reached by {0} about “{1}”"},
    "ru": {"any": "доступен через {0}", "topic": "доступен через {0} на тему «{1}»"},
}
_NEWS = frozenset({"Message Bounced", "Message Complained"})
"""After these an address may be suppressed."""


class Reachable(Leaf, frozen=True):
    """Has an address that is not suppressed, and agreed to the topic, or to any."""

    form: ClassVar[str] = "reachable"
    fields: ClassVar[frozenset[str]] = frozenset({"reachable", "topic"})

    channel: str
    topic: str | None = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document. A channel that is not set up is no mistake: it reaches nobody yet."""
        return cls(node.text("reachable"), node.text("topic") if "topic" in node else None)

    def needs(self) -> Needs:
        """The answer, which bounces and complaints change."""
        return Needs(people=frozenset({self._column}), news=_NEWS)

    def truth(self, column: str, scope: Scope) -> Any:
        """What nobody said is no."""
        del column
        return scope.col(self._column).fill_null(value=False)

    def words(self, locale: str) -> str:
        """“can be reached by email about news”."""
        words = _WORDS.get(locale, _WORDS["en"])
        return words["topic" if self.topic else "any"].format(self.channel, self.topic)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """A channel, and a topic if one is meant."""
        text = {"type": "string"}
        return {"properties": {"reachable": text, "topic": text}, "required": ["reachable"]}

    @property
    def _column(self) -> str:
        return f"reachable:{self.channel}" + (f":{self.topic}" if self.topic else "")
