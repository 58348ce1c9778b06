import type { People, Person, Timeline, TimelineItem } from "../src/api/types.ts";
import { ago, money, PEOPLE } from "./shop.ts";

export function people(search: string, cursor: number): People {
  const found = PEOPLE.filter((each) => `${each.name} ${each.email}`.toLowerCase().includes(search.toLowerCase()));
  const page = found.slice(cursor, cursor + 20);
  return { people: page, next: cursor + 20 < found.length ? String(cursor + 20) : null };
}

export function person(id: number): Person | null {
  const row = PEOPLE.find((each) => each.id === id);
  if (!row) return null;
  return {
    id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    known: row.known,
    value: row.revenue,
    events: 214,
    first_seen_at: ago(86_400 * 211),
    last_seen_at: row.last_seen_at,
    traits: row.known
      ? { country: "United Kingdom", city: "Bristol", language: "en", vip: true, generated_fields: ["city"] }
      : {},
    identities: [
      ...(row.known ? [identity(1, "user_id", String(id)), identity(2, "email", row.email ?? "")] : []),
      identity(3, "anonymous_id", "8d3f0b7e-51a5-4c6f-9d1e-0c6a6a0f31b7"),
      identity(4, "anonymous_id", "c1aa2e30-72f4-4f15-8a3c-2f9be41e9f70"),
    ],
    consents: row.known
      ? [
          {
            profile_id: id,
            channel: "email",
            topic: "news",
            granted: true,
            at: ago(86_400 * 90),
            source: "checkout",
            purpose: "marketing",
          },
          {
            profile_id: id,
            channel: "sms",
            topic: "news",
            granted: false,
            at: ago(86_400 * 12),
            source: "preference page",
            purpose: "marketing",
          },
        ]
      : [],
    segments: row.known
      ? [
          { key: "vip", name: "VIP" },
          { key: "gift-buyers", name: "Buys gifts" },
        ]
      : [],
    orders: [
      { id: "581475", state: "completed", ordered_at: ago(3_600), revenue: money(146.4), lines: [{}, {}, {}] },
      { id: "577210", state: "delivered", ordered_at: ago(86_400 * 24), revenue: money(81.95), lines: [{}] },
      { id: "C575531", state: "cancelled", ordered_at: ago(86_400 * 30), revenue: money(12.75), lines: [{}] },
    ].slice(0, row.known ? 3 : 0),
    carts: [{ id: "cart-9f1", state: "open", updated_at: ago(900), value: money(37.4), lines: [{}, {}] }],
  };
}

const identity = (id: number, kind: string, value: string) => ({ id, kind, value, first_seen_at: ago(86_400 * 211) });

type Told = Omit<TimelineItem, "at" | "generated"> & { s: number; generated?: boolean };
const STORY: Told[] = [
  {
    s: 60,
    kind: "event",
    title: "Product Viewed",
    detail: { summary: "Regency cakestand 3 tier, £12.75", product_id: "22423" },
    generated: true,
  },
  {
    s: 240,
    kind: "event",
    title: "Product Added",
    detail: { summary: "Regency cakestand 3 tier × 2", product_id: "22423", cart_id: "cart-9f1" },
    generated: true,
  },
  { s: 241, kind: "run", title: "Abandoned cart", detail: { journey: "abandoned-cart" }, state: "waiting" },
  {
    s: 1_800,
    kind: "message",
    title: "How do you like it?",
    detail: { channel: "email", template: "thank-you" },
    state: "withheld",
    reason: "frequency_cap",
  },
  {
    s: 3_590,
    kind: "message",
    title: "Thank you, your order 581475 is confirmed",
    detail: { channel: "email", template: "order-confirmation" },
    state: "sent",
  },
  {
    s: 3_600,
    kind: "event",
    title: "Order Completed",
    detail: { summary: "№ 581475, 3 products, £146.40", order_id: "581475" },
  },
  { s: 90_000, kind: "event", title: "Message Clicked", detail: { summary: "Still thinking about it?" } },
  { s: 90_400, kind: "event", title: "Message Opened", detail: { summary: "Still thinking about it?" } },
  {
    s: 91_000,
    kind: "message",
    title: "Still thinking about it?",
    detail: { channel: "email", template: "cart-1", opened_at: ago(90_400), clicked_at: ago(90_000) },
    state: "sent",
  },
  {
    s: 1_040_000,
    kind: "consent",
    title: "news",
    detail: { channel: "sms", topic: "news", granted: false, source: "preference page" },
  },
  {
    s: 1_050_000,
    kind: "run",
    title: "Thank you after delivery",
    detail: { journey: "thank-you" },
    state: "exited",
    reason: "exit_condition",
  },
  { s: 2_100_000, kind: "event", title: "Order Delivered", detail: { summary: "№ 577210", order_id: "577210" } },
  {
    s: 7_800_000,
    kind: "consent",
    title: "news",
    detail: { channel: "email", topic: "news", granted: true, source: "checkout" },
  },
];

export function timeline(before: number): Timeline {
  const shift = before * 8_000_000;
  const items = STORY.map(({ s, generated, ...told }) => ({
    ...told,
    at: ago(s + shift),
    generated: generated ?? false,
  }));
  return { items, next: before < 2 ? String(before + 1) : null };
}
