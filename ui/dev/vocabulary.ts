import type { Vocabulary } from "../src/api/types.ts";
import { REASONS } from "./live.ts";

/** What the server calls the events that the made-up shop has, and its reasons. */
export const VOCABULARY: Vocabulary = {
  events: [
    event("Page Viewed", "Page viewed", "Открыта страница"),
    event("Product Viewed", "Product viewed", "Просмотр товара"),
    event("Product Added", "Product added", "Товар в корзину"),
    event("Checkout Started", "Checkout started", "Начало оформления"),
    event("Order Completed", "Order completed", "Заказ оформлен"),
    event("Order Delivered", "Order delivered", "Заказ доставлен"),
    event("Message Opened", "Message opened", "Сообщение открыто"),
    event("Message Clicked", "Message clicked", "Переход из сообщения"),
    event("Signed Up", "Signed up", "Регистрация"),
    event("Subscribed", "Subscribed", "Подписка"),
  ],
  reasons: Object.fromEntries(REASONS.map(({ reason, words }) => [reason, words])),
};

function event(name: string, en: string, ru: string) {
  return { name, words: { en, ru }, properties: [] };
}
