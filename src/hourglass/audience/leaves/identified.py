"""Whether a person is known by a kind of identifier: `{identified: phone}`."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.reading import Node, meant
from hourglass.kernel import Malformed
from hourglass.profiles import STRENGTH

_WORDS = {"en": "{0} is known", "ru": "известен {0}"}
_NAMES = {
    "en": {"user_id": "the customer number", "email": "the e-mail address", "phone": "the phone number",
           "anonymous_id": "a device"},
    "ru": {"user_id": "номер клиента", "email": "адрес почты", "phone": "номер телефона",
           "anonymous_id": "идентификатор устройства"},
}  # fmt: skip


class Identified(Leaf, frozen=True):
    """An identifier of that kind belongs to the person."""

    form: ClassVar[str] = "identified"
    fields: ClassVar[frozenset[str]] = frozenset({"identified"})

    kind: str

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        kind = node.text("identified")
        if kind not in STRENGTH:
            known = ", ".join(STRENGTH)
            raise Malformed(f"Identifiers are {known}.{meant(kind, STRENGTH)}", path=node.at("identified"))
        return cls(kind)

    def needs(self) -> Needs:
        """Whether there is one."""
        return Needs(people=frozenset({f"identified:{self.kind}"}))

    def truth(self, column: str, scope: Scope) -> Any:
        """There is one, or not."""
        del column
        return scope.col(f"identified:{self.kind}").fill_null(value=False)

    def words(self, locale: str) -> str:
        """“the phone number is known”."""
        names = _NAMES.get(locale, _NAMES["en"])
        return _WORDS.get(locale, _WORDS["en"]).format(names.get(self.kind, self.kind))

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """A kind of identifier."""
        return {"properties": {"identified": {"enum": list(STRENGTH)}}, "required": ["identified"]}
