import { expect, test } from "vitest";
import { show } from "./index.ts";
import { learn, wordOf } from "./words.ts";

test("the server's words come in the language on screen, also in one that is fetched later", async () => {
  learn({
    events: [{ name: "Cart Shared", words: { en: "Cart shared", ru: "Поделились корзиной" }, properties: [] }],
    reasons: { no_consent: { en: "there is no consent", ru: "нет согласия" } },
  });
  expect([wordOf("event", "Cart Shared"), wordOf("reason", "no_consent")]).toEqual([
    "Cart shared",
    "there is no consent",
  ]);
  await show("ru");
  expect([wordOf("event", "Cart Shared"), wordOf("reason", "no_consent")]).toEqual([
    "Поделились корзиной",
    "нет согласия",
  ]);
  expect(wordOf("fate", "sent")).toBe("отправлено");
});

test("a code nobody knows is spelled out", () => {
  expect(wordOf("event", "Gift.Wrapped_Up")).toBe("Gift Wrapped Up");
});
