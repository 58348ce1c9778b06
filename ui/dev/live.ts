import type { JourneyRow, Live, Minute, ReasonCount, RecentEvent, RecentMessage } from "../src/api/types.ts";
import { type Chance, chance } from "./chance.ts";
import { money, PEOPLE, PRODUCTS } from "./shop.ts";

const BROWSING = [
  "Product Viewed",
  "Product Viewed",
  "Product List Viewed",
  "Product Added",
  "Checkout Started",
  "Products Searched",
];
export const REASONS: ReasonCount[] = [
  {
    reason: "no_consent",
    count: 812,
    words: { en: "there is no consent for this topic", ru: "нет согласия на эту тему" },
  },
  {
    reason: "journey_exited",
    count: 241,
    words: { en: "the person left the journey first", ru: "человек раньше вышел из сценария" },
  },
  {
    reason: "frequency_cap",
    count: 133,
    words: { en: "the person has had enough messages lately", ru: "человек и так получил достаточно писем" },
  },
  {
    reason: "consent_withdrawn",
    count: 58,
    words: { en: "the person has unsubscribed from this topic", ru: "человек отписался от этой темы" },
  },
  { reason: "address_missing", count: 19, words: { en: "no address is known", ru: "адрес неизвестен" } },
  {
    reason: "suppressed",
    count: 6,
    words: { en: "the address is on the suppression list", ru: "адрес в стоп-листе" },
  },
];
export const JOURNEYS: JourneyRow[] = [
  journey("abandoned-cart", "Abandoned cart", 1904, 87, 1204, 613),
  journey("order-confirmation", "Order confirmation", 514, 0, 514, 0),
  journey("thank-you", "Thank you after delivery", 410, 203, 201, 6),
  journey("welcome", "Welcome", 96, 31, 58, 7),
  journey("win-back", "Win-back after 60 days", 322, 140, 170, 12),
];
const SUBJECTS: [string, string][] = [
  ["cart-1", "Still thinking about the Regency cakestand?"],
  ["order-confirmation", "Thank you, your order 581 475 is confirmed"],
  ["thank-you", "How do you like it?"],
  ["welcome", "Welcome to the shop"],
];

function journey(key: string, name: string, entered: number, waiting: number, finished: number, exited: number) {
  const sent = Math.round(finished * 0.9);
  const goal = Math.round(entered * 0.1);
  const counts = { entered, waiting, finished, exited, goal, kept_out: 0, sent, withheld: finished - sent };
  return { key, name, state: "live", version: 1, ...counts };
}

/** The live page of a busy minute; everything moves on with the real clock. */
export function live(now = Date.now()): Live {
  const second = Math.floor(now / 1_000);
  const since = second % 86_400;
  return {
    now: new Date(now).toISOString(),
    events: {
      total: 1_204_311 + since * 3,
      per_second: 24 + (second % 7),
      today: 18_204 + since * 3,
      imported: 541_909,
    },
    lag_seconds: 0.4,
    backlog: 12 + (second % 5),
    people: { known: 4_372, visitors: 8_114, new_today: 31 },
    carts: { open: 143, value: money(8_213.4) },
    orders: {
      total: 22_190,
      today: 112,
      revenue: money(8_911_407.9),
      revenue_today: money(41_236.55),
      currency: "GBP",
    },
    runs: { waiting: 461, finished: 2_147, exited: 638, by_journey: JOURNEYS },
    messages: {
      sent: 2_391,
      queued: 4,
      failed: 2,
      unknown: 1,
      withheld: 1_269,
      opened: 911,
      clicked: 204,
      bounced: 3,
      orders: 38,
      revenue: money(1_842.5),
      by_reason: REASONS,
      recent: Array.from({ length: 6 }, (_, nth) => message(Math.floor(second / 4) - nth)),
    },
    series: series(now),
    recent_events: Array.from({ length: 12 }, (_, nth) => event(second - nth, (second - nth) * 1_000)),
  };
}

/** A shop to which nothing has happened yet. */
export const silent = (): Live => ({
  ...live(),
  events: { total: 0, per_second: 0, today: 0, imported: 0 },
  backlog: 0,
  lag_seconds: 0,
  recent_events: [],
  series: [],
});

function series(now: number): Minute[] {
  const minute = Math.floor(now / 60_000);
  return Array.from({ length: 60 }, (_, index) => {
    const at = minute - 59 + index;
    const dice = chance(at);
    const wave = 1 + 0.35 * Math.sin(at / 9);
    return {
      minute: new Date(at * 60_000).toISOString(),
      events: Math.round((1_300 + dice.upTo(420)) * wave * (index === 59 ? 0.4 : 1)),
      orders: dice.maybe(0.6) ? dice.upTo(5) : 0,
      messages: dice.upTo(9),
    };
  });
}

function event(seed: number, at: number): RecentEvent {
  const dice = chance(seed * 31);
  const who = dice.pick(PEOPLE);
  const [code, product, price] = dice.pick(PRODUCTS);
  const order = dice.maybe(0.15);
  return {
    at: new Date(at).toISOString(),
    name: order ? "Order Completed" : dice.pick(BROWSING),
    profile_id: who.id,
    person: who.name,
    summary: order
      ? `№ ${540_000 + (seed % 40_000)}, £${(price * 24).toFixed(2)}`
      : `${product}, ${code}, £${price.toFixed(2)}`,
    generated: !order,
  };
}

function message(seed: number): RecentMessage {
  const dice = chance(seed * 77);
  const who = dice.pick(PEOPLE.slice(0, 40));
  const [template, subject] = dice.pick(SUBJECTS);
  const held = dice.maybe(0.4);
  const at = new Date(seed * 4_000).toISOString();
  return {
    id: seed,
    at,
    profile_id: who.id,
    name: who.name ?? who.email ?? `Visitor ${who.id}`,
    channel: "email",
    template,
    subject: held ? null : subject,
    state: held ? "withheld" : "sent",
    detail: null,
    opened_at: null,
    clicked_at: null,
    bounced_at: null,
    ...why(held, dice),
  };
}

function why(held: boolean, dice: Chance): Pick<RecentMessage, "reason" | "words"> {
  if (!held) return { reason: null };
  const { reason, words } = dice.pick(REASONS);
  return { reason, words };
}
