"""The shop over HTTP: promo codes."""

from hourglass.commerce.promo.api import PromoCodesController, PromoController

__all__ = ["PromoCodesController", "PromoController"]
