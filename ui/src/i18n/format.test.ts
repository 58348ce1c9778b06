import { expect, test } from "vitest";
import { formatter } from "./format.ts";

const london = formatter("en", "Europe/London");
const moscow = formatter("ru", "Europe/Moscow");
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("times are told in the shop's zone", () => {
  expect(london.clock("2026-01-31T21:59:05Z")).toBe("21:59:05");
  expect(moscow.clock("2026-01-31T21:59:05Z")).toBe("00:59:05");
  expect(moscow.dayKey("2026-01-31T21:59:05Z")).toBe("01.02.2026");
});

test("money is read as people of the language write it", () => {
  expect(london.money({ amount: "1234.50", currency: "GBP" })).toBe("£1,234.50");
  expect(plain(moscow.money({ amount: "1234.50", currency: "RUB" }))).toBe("1 234,50 ₽");
});

test("a large sum drops its pence, a small one keeps them", () => {
  expect(london.sum({ amount: "41236.55", currency: "GBP" })).toBe("£41,237");
  expect(london.sum({ amount: "12.34", currency: "GBP" })).toBe("£12.34");
});

test("how long ago is measured from the shop's present, not from ours", () => {
  expect(london.ago("2011-12-01T11:58:00Z", "2011-12-01T12:00:00Z")).toBe("2 min ago");
  expect(plain(moscow.ago("2011-11-28T12:00:00Z", "2011-12-01T12:00:00Z"))).toBe("3 дн. назад");
});
