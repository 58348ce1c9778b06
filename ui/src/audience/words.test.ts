import i18next from "i18next";
import { beforeEach, expect, test } from "vitest";
import { VOCABULARY } from "../../dev/vocabulary.ts";
import type { Condition } from "../api/types.ts";
import { formatter } from "../i18n/format.ts";
import { show } from "../i18n/index.ts";
import { learn, wordOf } from "../i18n/words.ts";
import { inWords, type Said, type Speaker } from "./words.ts";

function speaker(): Speaker {
  return { t: i18next.t, format: formatter(i18next.language, "UTC"), word: wordOf };
}
const lines = ({ text, parts }: Said): string[] => [text, ...parts.flatMap(lines).map((line) => `  ${line}`)];
const said = (condition: Condition) => lines(inWords(condition, speaker()));

learn(VOCABULARY);
const ORDER = "Order Completed";
const CASES: [Condition, string, string][] = [
  [{ event: ORDER }, "did “Order completed”", "было «Заказ оформлен»"],
  [
    { event: ORDER, within: "90d" },
    "did “Order completed”, in the last 90 days",
    "было «Заказ оформлен», за последние 90 дней",
  ],
  [
    { not: { event: ORDER, within: "2d" } },
    "did not do “Order completed”, in the last 2 days",
    "не было «Заказ оформлен», за последние 2 дня",
  ],
  [
    { event: ORDER, measure: { count: true }, op: "at_least", value: 10 },
    "did “Order completed” at least 10 times",
    "«Заказ оформлен», раз: не меньше 10",
  ],
  [
    { event: ORDER, measure: { sum: "revenue" }, op: "more_than", value: 500 },
    "“Order completed”: sum of revenue more than 500",
    "«Заказ оформлен»: сумма revenue больше 500",
  ],
  [
    { event: ORDER, where: [{ property: "products.category", value: "shoes" }] },
    "did “Order completed”, where products.category is shoes",
    "было «Заказ оформлен», где products.category равно shoes",
  ],
  [
    { trait: "city", op: "one_of", value: ["Almaty", "Astana"] },
    "city is one of Almaty, Astana",
    "city одно из Almaty, Astana",
  ],
  [{ trait: "phone", op: "missing" }, "phone is not known", "phone неизвестно"],
  [{ segment: "vip" }, "is in the segment “vip”", "входит в сегмент «vip»"],
  [
    { consent: { channel: "email", topic: "news" } },
    "agreed to news by E-mail",
    "есть согласие на news, канал: Эл. почта",
  ],
];

beforeEach(() => show("en"));

test.each(CASES)("%j in English", (condition, english) => {
  expect(said(condition)).toEqual([english]);
});

test.each(CASES)("%j in Russian", async (condition, _, russian) => {
  await show("ru");
  expect(said(condition)).toEqual([russian]);
});

test("a tree is read out as it is nested", () => {
  const tree = { any: [{ segment: "vip" }, { not: { all: [{ event: ORDER }, { trait: "city", value: "Bath" }] } }] };
  expect(said(tree)).toEqual([
    "Any of these",
    "  is in the segment “vip”",
    "  Not",
    "    All of these",
    "      did “Order completed”",
    "      city is Bath",
  ]);
});

test("what has no words yet is shown as it is written", () => {
  expect(said({ weather: "rain" })).toEqual(['{"weather":"rain"}']);
});
