import type { DeadLetter, DeadLetters, MergeReview, ReviewSide } from "../src/api/types.ts";
import { ago, money, PEOPLE } from "./shop.ts";

let letters: DeadLetter[] = [
  letter(91, "bad_property", "The property “revenue” is “12,40 EUR”; a number was expected.", {
    userId: "17850",
    type: "track",
    event: "Order Completed",
    properties: { order_id: "581477", revenue: "12,40 EUR" },
  }),
  letter(90, "too_many_identifiers", "This person already has 500 devices; one more is refused.", {
    anonymousId: "f-1",
    userId: "shared-kiosk",
    type: "identify",
  }),
  letter(72, "bad_timestamp", "The timestamp “31.02.2026” is not a date of the calendar.", {
    userId: "12583",
    type: "track",
    event: "Product Viewed",
    timestamp: "31.02.2026",
  }),
];

function letter(id: number, reason: string, detail: string, event: unknown): DeadLetter {
  return { id, reason, detail, event, received_at: ago(4_000 * (100 - id)), failed_at: ago(3_999 * (100 - id)) };
}

export const deadLetters = (): DeadLetters => ({ letters, total: letters.length, next: null });

export function replay(ids: number[] | null): number {
  const before = letters.length;
  letters = ids === null ? [] : letters.filter((each) => !ids.includes(each.id));
  return before - letters.length;
}

let reviews: MergeReview[] = [pair(3, 9, "+44 7700 900103"), pair(14, 21, "8d3f0b7e-51a5-4c6f")];

function side(nth: number): ReviewSide {
  const { last_seen_at, known: _, ...row } = PEOPLE[nth] as (typeof PEOPLE)[number];
  return {
    ...row,
    revenue: money(Number(row.revenue.amount)),
    first_seen_at: ago(9_000_000 + nth * 400_000),
    last_seen_at,
  };
}

function pair(low: number, high: number, value: string): MergeReview {
  const [left, right] = [side(low), side(high)];
  return {
    low: left.id,
    high: right.id,
    at: ago(7_200 * low),
    left,
    right,
    evidence: [
      { kind: "device", value, at: ago(7_200 * low) },
      { kind: "stated", value: "alias 12366 → 12408", at: ago(7_300 * low) },
    ],
  };
}

export const mergeReviews = () => ({ reviews });
export function decide(low: number, high: number): void {
  reviews = reviews.filter((each) => each.low !== low || each.high !== high);
}
