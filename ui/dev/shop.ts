import type { Id, Money, PersonRow } from "../src/api/types.ts";
import { chance } from "./chance.ts";

/** A made-up shop for work on the admin without a server: people, goods and the clock. */
export const PRODUCTS: readonly [string, string, number][] = [
  ["85123A", "White hanging heart T-light holder", 2.95],
  ["22423", "Regency cakestand 3 tier", 12.75],
  ["84879", "Assorted colour bird ornament", 1.69],
  ["47566", "Party bunting", 4.95],
  ["20725", "Lunch bag red retrospot", 1.65],
  ["22720", "Set of 3 cake tins pantry design", 4.95],
  ["23084", "Rabbit night light", 2.08],
  ["22197", "Popcorn holder", 0.85],
  ["79321", "Chilli lights", 5.75],
  ["22086", "Paper chain kit 50's Christmas", 2.95],
  ["21137", "Black record cover frame", 3.75],
  ["22114", "Hot water bottle tea and sympathy", 4.25],
];
const FIRST = [
  "Olivia",
  "Amelia",
  "Noah",
  "Isla",
  "George",
  "Freya",
  "Анна",
  "Marta",
  "Jürgen",
  "Élodie",
  "Leon",
  "Дмитрий",
  "Chiara",
  "Sven",
  "Aigerim",
  "مريم",
];
const LAST = [
  "Bennett",
  "Clarke",
  "Hughes",
  "Fischer",
  "Moreau",
  "Ковалёва",
  "Rossi",
  "Lindqvist",
  "O’Connor",
  "Нурланова",
  "van der Berg",
  "Watson",
];

export const money = (amount: number): Money => ({ amount: amount.toFixed(2), currency: "GBP" });
export const ago = (seconds: number, now = Date.now()): string => new Date(now - seconds * 1_000).toISOString();

const dice = chance(7);
export const PEOPLE: readonly PersonRow[] = Array.from({ length: 60 }, (_, index) => person(12_345 + index * 7, index));

function person(id: Id, index: number): PersonRow {
  const known = index < 48;
  const name = known ? `${dice.pick(FIRST)} ${dice.pick(LAST)}` : null;
  const orders = known ? dice.upTo(18) : 0;
  return {
    id,
    name,
    email: known ? `customer${id}@example.com` : null,
    phone: known && dice.maybe(0.3) ? `+44 7700 900${100 + index}` : null,
    known,
    orders,
    revenue: money(orders * (40 + dice.upTo(420))),
    last_seen_at: ago(index * index * 97 + 5),
  };
}
