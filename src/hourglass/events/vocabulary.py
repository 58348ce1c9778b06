"""The canonical e-commerce vocabulary (Segment e-commerce v2): what an event is called, in words people read."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class EventType(Struct, frozen=True, kw_only=True):
    """One canonical event."""

    name: str
    words: dict[str, str]
    """By language: a label that fits anybody, for lists and inside sentences."""
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
    _type("Products Searched", "Products searched", "Поиск", "query"),
    _type("Product List Viewed", "Product list viewed", "Просмотр категории", "list_id", "category", "products"),
    _type("Product List Filtered", "Product list filtered", "Фильтр в категории", "list_id", "category",
          "filters", "sorts", "products"),
    _type("Promotion Viewed", "Promotion viewed", "Показ акции", "promotion_id", "creative", "name", "position"),
    _type("Promotion Clicked", "Promotion clicked", "Переход по акции", "promotion_id", "creative", "name", "position"),
    _type("Product Clicked", "Product clicked", "Выбор товара", *_PRODUCT),
    _type("Product Viewed", "Product viewed", "Просмотр товара", *_PRODUCT),
    _type("Product Added", "Product added", "Товар в корзину", "cart_id", *_PRODUCT),
    _type("Product Removed", "Product removed", "Товар из корзины", "cart_id", *_PRODUCT),
    _type("Cart Viewed", "Cart viewed", "Просмотр корзины", "cart_id", "products"),
    _type("Cart Shared", "Cart shared", "Поделились корзиной", "cart_id", "share_via", "recipient", "products"),
    _type("Checkout Started", "Checkout started", "Начало оформления", "cart_id", "value", *_ORDER),
    _type("Checkout Step Viewed", "Checkout step viewed", "Открыт шаг оформления", "checkout_id", "step",
          "shipping_method", "payment_method"),
    _type("Checkout Step Completed", "Checkout step completed", "Шаг оформления", "checkout_id", "step",
          "shipping_method", "payment_method"),
    _type("Payment Info Entered", "Payment info entered", "Данные оплаты", "checkout_id", "order_id",
          "shipping_method", "payment_method"),
    _type("Order Completed", "Order completed", "Заказ оформлен", *_ORDER),
    _type("Order Updated", "Order updated", "Заказ изменён", *_ORDER),
    _type("Order Shipped", "Order shipped", "Заказ отправлен", "order_id", "tracking_number", "products"),
    _type("Order Delivered", "Order delivered", "Заказ доставлен", "order_id", "products"),
    _type("Order Cancelled", "Order cancelled", "Заказ отменён", *_ORDER),
    _type("Order Refunded", "Order refunded", "Возврат денег", *_ORDER),
    _type("Coupon Entered", "Coupon entered", "Введён промокод", "order_id", "cart_id", "coupon_id"),
    _type("Coupon Applied", "Coupon applied", "Применён промокод", "order_id", "cart_id", "coupon_id",
          "coupon_name", "discount"),
    _type("Coupon Denied", "Coupon denied", "Промокод отклонён", "order_id", "cart_id", "coupon", "reason"),
    _type("Coupon Removed", "Coupon removed", "Промокод убран", "order_id", "cart_id", "coupon_id", "discount"),
    _type("Promo Code Issued", "Promo code given", "Выдан промокод", "code", "pool", "expires_at"),
    _type("Promo Code Redeemed", "Promo code used", "Использован промокод", "code", "pool", "order_id"),
    _type("Promo Code Refused", "Promo code refused", "Промокод не принят", "code", "pool", "order_id", "reason"),
    _type("Product Added to Wishlist", "Product added to wishlist", "В избранное", "wishlist_id",
          *_PRODUCT),
    _type("Product Removed from Wishlist", "Product removed from wishlist", "Убрано из избранного",
          "wishlist_id", *_PRODUCT),
    _type("Wishlist Product Added to Cart", "Wishlist product added to cart", "Из избранного в корзину", "wishlist_id",
          "cart_id", *_PRODUCT),
    _type("Product Updated", "Product in the catalogue changed", "Изменился товар в каталоге", "stock", "availability",
          "regions",
          *_PRODUCT),
    _type("Product Shared", "Product shared", "Поделились товаром", "share_via", "recipient", *_PRODUCT),
    _type("Product Reviewed", "Product reviewed", "Отзыв о товаре", "product_id", "review_id", "review_body",
          "rating"),
    _type("Signed Up", "Signed up", "Регистрация", "type", "first_name", "last_name", "email"),
    _type("Signed In", "Signed in", "Вход", "username", "type"),
    _type("Page Viewed", "Page viewed", "Открыта страница", "name", "category", "url", "path", "title", "referrer"),
    _type("Screen Viewed", "Screen viewed", "Открыт экран", "name", "category"),
    _type("Profile Identified", "Profile identified", "Данные о себе"),
    _type("Group Joined", "Group joined", "Вступление в группу"),
    _type("Alias Stated", "Alias stated", "Идентификаторы связаны"),
    _type("Webhook Answered", "Webhook answered", "Ответ на вебхук", "journey", "step", "ok", "status", "response"),
    _type("Task Taken", "Task taken on", "Задачу взяли", "task_id", "title", "journey", "run", "by"),
    _type("Task Done", "Task done", "Задача сделана", "task_id", "title", "journey", "run", "by"),
    _type("Message Sent", "Message sent", "Сообщение отправлено", "message_id", "channel", "template", "journey"),
    _type("Message Delivered", "Message delivered", "Сообщение доставлено",
          "message_id", "channel", "template", "journey"),
    _type("Message Opened", "Message opened", "Сообщение открыто",
          "message_id", "channel", "template", "journey", "by"),
    _type("Message Clicked", "Message clicked", "Переход из сообщения",
          "message_id", "channel", "template", "journey", "by", "url"),
    _type("Message Bounced", "Message bounced", "Сообщение вернулось", "message_id", "channel", "template", "journey"),
    _type("Message Failed", "Message could not be sent", "Сообщение не удалось отправить",
          "message_id", "channel", "template", "journey", "reason"),
    _type("Message Complained", "Message complained", "Жалоба на сообщение",
          "message_id", "channel", "template", "journey"),
    _type("Form Submitted", "Form submitted", "Форма отправлена", "form"),
    _type("Unsubscribed", "Unsubscribed", "Отписка", "channel", "topic"),
    _type("Consent Granted", "Consent granted", "Согласие дано", "channel", "topic"),
    _type("Consent Withdrawn", "Consent withdrawn", "Согласие отозвано", "channel", "topic"),
    _type("Subscribed", "Subscribed", "Подписка", "channel", "topic"),
)  # fmt: skip

VOCABULARY: Final[dict[str, EventType]] = {kind.name: kind for kind in _TYPES}
"""By canonical name."""
