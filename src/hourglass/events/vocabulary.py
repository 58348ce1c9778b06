"""The canonical e-commerce vocabulary (Segment e-commerce v2): what an event is called, in words people read."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class EventType(Struct, frozen=True, kw_only=True):
    """One canonical event."""

    name: str
    words: dict[str, str]
    """Label by language."""
    properties: tuple[str, ...] = ()


def _type(name: str, en: str, ru: str, *properties: str) -> EventType:
    return EventType(name=name, words={"en": en, "ru": ru}, properties=properties)


_PRODUCT = (
    "product_id", "sku", "category", "name", "brand", "variant", "price", "quantity", "coupon", "url", "image_url",
)  # fmt: skip
_ORDER = (
    "order_id", "affiliation", "total", "subtotal", "revenue", "shipping", "tax", "discount", "coupon", "currency",
    "products",
)  # fmt: skip

_TYPES: Final = (
    _type("Products Searched", "searched products", "искал товары", "query"),
    _type("Product List Viewed", "viewed a product list", "смотрел список товаров", "list_id", "category", "products"),
    _type("Product List Filtered", "filtered a product list", "отфильтровал список товаров", "list_id", "category",
          "filters", "sorts", "products"),
    _type("Promotion Viewed", "saw a promotion", "видел акцию", "promotion_id", "creative", "name", "position"),
    _type("Promotion Clicked", "clicked a promotion", "нажал на акцию", "promotion_id", "creative", "name", "position"),
    _type("Product Clicked", "clicked a product", "нажал на товар", *_PRODUCT),
    _type("Product Viewed", "viewed a product", "смотрел товар", *_PRODUCT),
    _type("Product Added", "added a product to the cart", "добавил товар в корзину", "cart_id", *_PRODUCT),
    _type("Product Removed", "removed a product from the cart", "убрал товар из корзины", "cart_id", *_PRODUCT),
    _type("Cart Viewed", "viewed the cart", "смотрел корзину", "cart_id", "products"),
    _type("Cart Shared", "shared the cart", "поделился корзиной", "cart_id", "share_via", "recipient", "products"),
    _type("Checkout Started", "started the checkout", "начал оформление", "cart_id", "value", *_ORDER),
    _type("Checkout Step Viewed", "viewed a checkout step", "открыл шаг оформления", "checkout_id", "step",
          "shipping_method", "payment_method"),
    _type("Checkout Step Completed", "completed a checkout step", "прошёл шаг оформления", "checkout_id", "step",
          "shipping_method", "payment_method"),
    _type("Payment Info Entered", "entered payment details", "ввёл данные оплаты", "checkout_id", "order_id",
          "shipping_method", "payment_method"),
    _type("Order Completed", "placed an order", "оформил заказ", *_ORDER),
    _type("Order Updated", "changed an order", "изменил заказ", *_ORDER),
    _type("Order Shipped", "an order was shipped", "заказ отправлен", "order_id", "tracking_number", "products"),
    _type("Order Delivered", "an order was delivered", "заказ доставлен", "order_id", "products"),
    _type("Order Cancelled", "cancelled an order", "отменил заказ", *_ORDER),
    _type("Order Refunded", "got a refund", "получил возврат", *_ORDER),
    _type("Coupon Entered", "entered a promo code", "ввёл промокод", "order_id", "cart_id", "coupon_id"),
    _type("Coupon Applied", "a promo code was applied", "промокод применён", "order_id", "cart_id", "coupon_id",
          "coupon_name", "discount"),
    _type("Coupon Denied", "a promo code was denied", "промокод отклонён", "order_id", "cart_id", "coupon", "reason"),
    _type("Coupon Removed", "removed a promo code", "убрал промокод", "order_id", "cart_id", "coupon_id", "discount"),
    _type("Product Added to Wishlist", "added a product to the wishlist", "добавил товар в избранное", "wishlist_id",
          *_PRODUCT),
    _type("Product Removed from Wishlist", "removed a product from the wishlist", "убрал товар из избранного",
          "wishlist_id", *_PRODUCT),
    _type("Wishlist Product Added to Cart", "moved a product from the wishlist to the cart",
          "перенёс товар из избранного в корзину", "wishlist_id", "cart_id", *_PRODUCT),
    _type("Product Shared", "shared a product", "поделился товаром", "share_via", "recipient", *_PRODUCT),
    _type("Product Reviewed", "reviewed a product", "оставил отзыв о товаре", "product_id", "review_id", "review_body",
          "rating"),
    _type("Signed Up", "signed up", "зарегистрировался", "type", "first_name", "last_name", "email"),
    _type("Signed In", "signed in", "вошёл", "username", "type"),
    _type("Page Viewed", "viewed a page", "смотрел страницу", "name", "category", "url", "path", "title", "referrer"),
    _type("Screen Viewed", "viewed a screen", "смотрел экран", "name", "category"),
    _type("Profile Identified", "said who they are", "назвал себя"),
    _type("Group Joined", "joined a group", "вступил в группу"),
    _type("Alias Stated", "an identifier changed", "сменился идентификатор"),
    _type("Message Sent", "a message was sent", "сообщение отправлено", "message_id", "channel", "template"),
    _type("Message Delivered", "a message was delivered", "сообщение доставлено", "message_id", "channel", "template"),
    _type("Message Opened", "opened a message", "открыл сообщение", "message_id", "channel", "template"),
    _type("Message Clicked", "clicked in a message", "нажал в сообщении", "message_id", "channel", "template", "url"),
    _type("Message Bounced", "a message bounced", "сообщение не доставлено", "message_id", "channel", "template"),
    _type("Message Complained", "complained about a message", "пожаловался на сообщение", "message_id", "channel"),
    _type("Unsubscribed", "unsubscribed", "отписался", "channel", "topic"),
    _type("Subscribed", "subscribed", "подписался", "channel", "topic"),
)  # fmt: skip

VOCABULARY: Final[dict[str, EventType]] = {kind.name: kind for kind in _TYPES}
"""By canonical name."""
