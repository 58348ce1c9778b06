import { expect, test } from "vitest";
import { firstLanguage, remember } from "./language.ts";

test("the browser's first language that we speak is taken", () => {
  expect(firstLanguage(["de-DE", "ru-RU", "en-US"])).toBe("ru");
});

test("the account decides when the browser speaks neither", () => {
  expect(firstLanguage(["de-DE"], "ru")).toBe("ru");
  expect(firstLanguage(["de-DE"])).toBe("en");
});

test("a choice made in the header wins over both", () => {
  remember("en");
  expect(firstLanguage(["ru-RU"], "ru")).toBe("en");
});
