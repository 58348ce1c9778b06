"""A claimed message together with everything that was asked about its person: what the gate and the template see."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from hourglass.kernel import Workspace
from hourglass.messages.candidates.answer import NOT_ASKED, Objection, Withheld
from hourglass.messages.content.compile import Compiled
from hourglass.messages.outbox.claim import Claim


class Person(Struct, frozen=True, kw_only=True):
    """Who gets it, as of now: after merges, with fresh traits."""

    asked: int
    id: int
    email: str | None
    phone: str | None
    traits: dict[str, Any]


class Basket(Struct, frozen=True, kw_only=True):
    """A cart or an order: lines as the shop told them, `value` in minor units."""

    id: str
    profile_id: int
    lines: list[Any]
    value: int
    currency: str
    state: str


class Product(Struct, frozen=True, kw_only=True):
    """A product of the catalogue, as it is now; `price` in minor units."""

    id: str
    name: str | None
    category: str | None
    price: int | None
    currency: str | None
    image_url: str | None
    url: str | None
    brand: str | None = None
    stock: int | None = None
    available: bool | None = None
    """None: nobody ever said."""


class Candidate(Struct, kw_only=True):
    """Facts of one message. `objection`: what the gate said; nothing leaves that it was not asked about."""

    claim: Claim
    workspace: Workspace
    zone: ZoneInfo
    template: Compiled | None
    person: Person | None
    address_kind: str
    """Whether it goes to an e-mail address or to a phone."""
    objection: Objection | None = NOT_ASKED
    cart: Basket | None = None
    order: Basket | None = None
    products: dict[str, Product]
    blocks: dict[str, list[str] | None] = {}
    """Product blocks of the template: ids of what is shown; None for a block that is left out."""
    unsold: Withheld | None = None
    """What speaks against it because of the products it is about."""
    empty: str | None = None
    """The empty block that keeps the message from being sent."""
    providers: tuple[str, ...] = ()
    """Who could carry it when the gate is asked, best first."""
    provider: str | None = None
    """Who is to carry it, as the gate was asked."""
    by_budget: bool = False
    """Budgets speak of providers: none may carry it that the gate was not asked about."""
    via: tuple[int, str, str] | None = None
    """The provider whose limits let it leave: workspace, name, channel."""

    @property
    def address(self) -> str | None:
        """Where the message goes."""
        return None if self.person is None else getattr(self.person, self.address_kind)

    @property
    def locale(self) -> str:
        """The language of the message."""
        return self.workspace.locale if self.template is None else self.template.locale


def product_of(line: Any) -> str | None:
    """The product of a line, however the shop wrote it."""
    product_id = line.get("product_id") if isinstance(line, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    return None if product_id is None else str(product_id)  # pyright: ignore[reportUnknownArgumentType]
