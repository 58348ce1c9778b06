"""`/api/promo`: pools of promo codes; `/api/promo-codes`: one code, as a till asks about it."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from hourglass.commerce.promo.pool import (
    PromoAdded,
    PromoCode,
    PromoPool,
    Validity,
    add_codes,
    codes_of,
    promo_pools,
    revoke_codes,
)
from hourglass.commerce.promo.till import PromoStanding, look_up, redeem
from hourglass.kernel import Clock, Permission, Settings, Workspace
from hourglass.postgres import Transaction

_Codes = Annotated[list[str], Meta(min_length=1, max_length=100_000)]


class PromoCodes(Validity, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Codes to put into a pool, and how long they are good."""

    codes: _Codes


class PromoRevocation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Codes to withdraw; without any, the whole pool."""

    codes: _Codes | None = None


class PromoRevoked(Struct, frozen=True, kw_only=True):
    """How many were withdrawn; those that were used before stay as they are."""

    revoked: int


class PromoOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The order that a code is used with."""

    order_id: Annotated[str, Meta(min_length=1, max_length=255)]


class PromoController(Controller):
    """Pools of promo codes."""

    path = "/api/promo"
    tags = ("promo",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def pools(self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]) -> list[PromoPool]:
        """Every pool with how many codes are left, given away, used, withdrawn."""
        return promo_pools(tx, workspace.id, clock.now())

    @get("/{pool:str}", needs=Permission.LOOK, sync_to_thread=True)
    def codes(self, tx: Given[Transaction], workspace: Given[Workspace], pool: FromPath[str]) -> list[PromoCode]:
        """Every code of a pool, for the shop that has to know them."""
        return codes_of(tx, workspace.id, pool)

    @post("/{pool:str}", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def add(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        pool: FromPath[str],
        data: JSONBody[PromoCodes],
    ) -> PromoAdded:
        """Put codes into a pool; those that are in it already are counted and stay as they are."""
        return add_codes(tx, workspace.id, pool, data.codes, clock.now(), data)

    @post("/{pool:str}/revoke", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def revoke(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        pool: FromPath[str],
        data: JSONBody[PromoRevocation],
    ) -> PromoRevoked:
        """Withdraw codes of a pool, or all of it."""
        return PromoRevoked(revoked=revoke_codes(tx, workspace.id, pool, data.codes, clock.now()))


class PromoCodesController(Controller):
    """One code, as a till asks about it."""

    path = "/api/promo-codes"
    tags = ("promo",)

    @get("/{code:str}", needs=Permission.LOOK, sync_to_thread=True)
    def look_up(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], code: FromPath[str]
    ) -> PromoStanding:
        """Whether it is good, and until when; 404 for one that nobody knows."""
        return look_up(tx, workspace.id, code, clock.now())

    @post("/{code:str}/redeem", needs=Permission.CARE, status_code=200, sync_to_thread=True)
    def redeem(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        code: FromPath[str],
        data: JSONBody[PromoOrder],
    ) -> PromoStanding:
        """Use it up with an order; 409 with the reason where it is not good. The same order may ask again."""
        return redeem(tx, workspace.id, code, data.order_id, clock.now(), settings.partitions)
