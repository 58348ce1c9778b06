import { expect, test } from "vitest";
import type { TimelineItem } from "../api/types.ts";
import { byDay } from "./days.ts";

const item = (at: string): TimelineItem => ({
  at,
  kind: "event",
  title: "Product Viewed",
  detail: {},
  generated: false,
});

test("a timeline is cut where the day changes, in its own order", () => {
  const days = byDay([item("2026-01-02T10:00Z"), item("2026-01-02T09:00Z"), item("2026-01-01T23:00Z")], (at) =>
    at.slice(0, 10),
  );
  expect(days.map(({ day, rows }) => [day, rows.length])).toEqual([
    ["2026-01-02", 2],
    ["2026-01-01", 1],
  ]);
});

test("equal things at one moment keep keys of their own", () => {
  const [day] = byDay([item("2026-01-02T10:00Z"), item("2026-01-02T10:00Z")], () => "today");
  expect(new Set(day?.rows.map((row) => row.key)).size).toBe(2);
});
